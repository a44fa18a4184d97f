// Checks action.yml against GitHub's own schema of it.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// GitHub's packages import JSON files the way bundlers take it; Node wants the type spelled out.
registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});

const { validate } = await import('@actions/languageservice');
const { TextDocument } = await import('vscode-languageserver-textdocument');

const document = TextDocument.create('file:///action.yml', 'yaml', 1, readFileSync('action.yml', 'utf8'));
const findings = await validate(document);
for (const { message, range } of findings) {
  console.error(`action.yml:${range.start.line + 1}:${range.start.character + 1}: ${message}`);
}
if (findings.length > 0) process.exitCode = 1;
