// Checks action.yml against GitHub's own schema of it, and against what the Marketplace asks for.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parse } from 'yaml';
import { marketplaceProblems } from './marketplace.ts';

// GitHub's packages import JSON files the way bundlers take it; Node wants the type spelled out.
registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(
      url,
      url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context,
    ),
});

const { validate } = await import('@actions/languageservice');
const { TextDocument } = await import('vscode-languageserver-textdocument');

const text = readFileSync('action.yml', 'utf8');
const findings = await validate(TextDocument.create('file:///action.yml', 'yaml', 1, text));
const problems = [
  ...findings.map(
    ({ message, range }) => `${range.start.line + 1}:${range.start.character + 1}: ${message}`,
  ),
  ...marketplaceProblems(parse(text)).map((problem) => ` For GitHub Marketplace, ${problem}`),
];
for (const problem of problems) console.error(`action.yml:${problem}`);
if (problems.length > 0) process.exitCode = 1;
