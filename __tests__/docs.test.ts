import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { API_KEY, PERSONAL_ACCESS_KEY } from '../sandbox/appcircle/accounts.ts';
import { Failure, failureTitles } from '../src/base/failure.ts';
import { message } from '../src/base/message.ts';
import { reportFailure } from '../src/report/failure.ts';
import { readSnapshot, snapshotNames } from './scenarios/scenarios.ts';
import { MemoryRunner } from './support/in-process.ts';
import {
  codeLinesOf,
  localLinksOf,
  quotedLinesOf,
  type Section,
  sectionsOf,
} from './support/markdown.ts';

const page = readFileSync('docs/TROUBLESHOOTING.md', 'utf8');
const sections = sectionsOf(page);
const ofWarnings = sections.findIndex(({ heading }) => heading === 'Warnings');
const failures = sections.slice(0, ofWarnings).filter(({ level }) => level === 3);
const warnings = sections.slice(ofWarnings).filter(({ level }) => level === 3);

const headingsOf = (these: readonly Section[]): string[] => these.map(({ heading }) => heading);

describe('docs/TROUBLESHOOTING.md', () => {
  test('has a section for each failure, titled as in the log and in the order of the code, and no other', () => {
    expect(headingsOf(failures)).toEqual(failureTitles);
  });

  test('has a section for each title of a warning, and no other', () => {
    const titles = announcedTitles();
    const headings = headingsOf(warnings);
    const undocumented = titles.filter((title) => !headings.some((heading) => title.test(heading)));
    const outdated = headings.filter((heading) => !titles.some((title) => title.test(heading)));
    expect([undocumented, outdated]).toEqual([[], []]);
  });

  test('shows lines that the action prints, at most one in each section', () => {
    const printed = new Set(snapshotNames().flatMap((name) => linesWithoutLinks(name)));
    const shown = sections.map((section) => quotedLinesOf(section));
    expect(shown.filter((lines) => lines.length > 1)).toEqual([]);
    expect(shown.flat()).not.toEqual([]);
    expect(shown.flat().filter((line) => !printed.has(line))).toEqual([]);
  });

  test('quotes words that the action says', () => {
    const code = sourceCode();
    const prose = page.replace(/^```.*?^```$|^> [^\n]*$|`[^`]*`/gms, '');
    const quoted = [...prose.matchAll(/"([^"]*)"/g)].map(([, words = '']) => words);
    expect(quoted).not.toEqual([]);
    expect(quoted.filter((words) => !code.includes(words))).toEqual([]);
  });

  test('fits the screen of a phone: no tables, no long lines of code', () => {
    expect(page).not.toMatch(/^\|/m);
    expect(codeLinesOf(page).filter((line) => line.length > 40)).toEqual([]);
  });
});

test('the link in the red line leads to the section of each failure', () => {
  const runner = new MemoryRunner({ summary: 'never' });
  for (const title of failureTitles)
    reportFailure(new Failure(title, message`It broke.`, message`Mend it.`), runner);
  expect(runner.errors).toEqual(
    failures.map(({ heading, anchor }) => ({
      title: heading,
      text: `It broke. Mend it. More: docs/TROUBLESHOOTING.md#${anchor}`,
    })),
  );
});

describe('docs/FOR-SECURITY-TEAMS.md', () => {
  const page = readFileSync('docs/FOR-SECURITY-TEAMS.md', 'utf8');

  test('lists all the modules that each file of dist/ loads', () => {
    const listed = [...page.matchAll(/^- `(dist\/\w+\.js)`, [^:]*: (.*)$/gm)].map(
      ([, file, modules = '']) => [
        file,
        [...modules.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort(),
      ],
    );
    const loaded = globSync('dist/*.js')
      .sort()
      .map((file) => [file.replaceAll('\\', '/'), modulesIn(readFileSync(file, 'utf8'))]);
    expect(listed.sort()).toEqual(loaded);
  });

  test('names parts of dist/index.js that are there', () => {
    const code = readFileSync('dist/index.js', 'utf8');
    const parts = [...page.matchAll(/`(\.\/build\/.*?)`/g)].map(([, part = '']) => part);
    expect(parts).not.toEqual([]);
    expect(parts.filter((part) => !code.includes(`CONCATENATED MODULE: ${part}\n`))).toEqual([]);
  });

  test('is right that dist/ makes no code of text', () => {
    expect(
      globSync('dist/*.js').filter((file) =>
        /\beval\(|new Function/.test(readFileSync(file, 'utf8')),
      ),
    ).toEqual([]);
  });

  describe('search', () => {
    const query = blockAfter(page, 'search');
    const [, direct = '', secret = ''] =
      / \(\/(.+?)\/ OR \(\/(.+?)\/ NOT "(.+?)"\)\)$/.exec(query) ?? [];
    const git = new RegExp(/git grep -nEi '(.+)' --/.exec(page)?.[1] ?? '$^', 'i');
    const finds = (workflow: string) =>
      new RegExp(direct, 'i').test(workflow) ||
      (new RegExp(secret, 'i').test(workflow) &&
        !workflow.includes('appcircleio/access-token-action'));

    test.each([
      'curl https://auth.appcircle.io/auth/v1/api-key/token -d "name=$NAME"',
      'curl "$AUTH/auth/v3/token" -d personalAccessKey="$KEY"',
      'run: appcircle login --pat "$KEY"',
      'run: npx @appcircle/cli login personal-access-key --secret "$KEY"',
      '- uses: appcircleio/appcircle-testing-distribution-githubaction@v1',
      `personalAPIToken: \${{ secrets.TOKEN }}`,
    ])('finds, on GitHub and in a clone: %s', (workflow) => {
      expect([finds(workflow), git.test(workflow)]).toEqual([true, true]);
    });

    test('finds what hands a secret to another workflow, as the page says', () => {
      expect(page).toContain('hands it to a reusable workflow');
      expect(finds(`secrets:\n  api-key-secret: \${{ secrets.APPCIRCLE_API_KEY_SECRET }}`)).toBe(
        true,
      );
    });

    test('finds a secret that is read without this action', () => {
      expect(finds(`env:\n  KEY: \${{ secrets.MY_APPCIRCLE_KEY }}`)).toBe(true);
    });

    test.each(globSync('examples/*.yml').filter((path) => !/migrate-from-curl/.test(path)))(
      'finds nothing in %s',
      (path) => {
        const workflow = readFileSync(path, 'utf8');
        expect([finds(workflow), git.test(workflow)]).toEqual([false, false]);
      },
    );
  });

  describe('patterns', () => {
    const token = new RegExp(`^${blockAfter(page, 'pattern: token')}$`);
    const key = new RegExp(
      `(${blockAfter(page, 'pattern: before')})(${blockAfter(page, 'pattern: key')})`,
    );

    test('find access tokens, wherever the claim stands in them', () => {
      const tokens = ['', 'x', 'xy'].map((filler) =>
        jwt({ filler, currentOrganizationId: API_KEY.organizationId }),
      );
      expect(tokens.filter((text) => !token.test(text))).toEqual([]);
      expect(token.test(jwt({ iss: 'https://example.com', sub: 'someone' }))).toBe(false);
    });

    test.each([
      `APPCIRCLE_API_KEY_SECRET=${API_KEY.secret}`,
      `api-key-secret: "${API_KEY.secret}"`,
      `personal-access-key: ${PERSONAL_ACCESS_KEY.key}`,
      `"personalAccessKey": "${PERSONAL_ACCESS_KEY.key}"`,
    ])('find %s', (line) => {
      const found = key.exec(line)?.at(-1);
      expect([API_KEY.secret, PERSONAL_ACCESS_KEY.key]).toContain(found);
    });

    test('find no key where the value comes from a secret', () => {
      expect(key.test(`api-key-secret: \${{ secrets.APPCIRCLE_API_KEY_SECRET }}`)).toBe(false);
    });
  });
});

describe('links between documents:', () => {
  const documents = globSync(['*.md', 'docs/*.md', 'bench/*.md', '.github/**/*.md']);

  test.each(documents)('%s', (path) => {
    const broken = localLinksOf(readFileSync(path, 'utf8')).filter(
      (target) => !leadsSomewhere(path, target),
    );
    expect(broken).toEqual([]);
  });
});

/** The block of text after a comment. */
function blockAfter(markdown: string, comment: string): string {
  const [, block = ''] =
    new RegExp(`<!-- ${comment} -->\\n+\`\`\`text\\n(.*)\\n\`\`\``).exec(markdown) ?? [];
  expect(block).not.toBe('');
  return block;
}

function modulesIn(code: string): string[] {
  return [
    ...new Set([...code.matchAll(/\brequire\('([^']+)'\)/g)].map(([, name = '']) => name)),
  ].sort();
}

function jwt(claims: object): string {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}.c2lnbmF0dXJl`;
}

/** The titles of warnings that the code has, with any text for what is filled in. */
function announcedTitles(): RegExp[] {
  const calls = [...sourceCode().matchAll(/\blog\.warning\(\s*(?:words`([^`]*)`)?/g)];
  return calls.map(([call, title]) => {
    if (title === undefined)
      throw new Error(`The title after "${call.trim()}" is not written out, so it can't be found.`);
    const parts = title.split(/\$\{[^}]*\}/).map((part) => part.replace(/[^\w\s]/g, '\\$&'));
    return new RegExp(`^${parts.join('.+')}$`);
  });
}

function sourceCode(): string {
  return globSync('src/**/*.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

/** The lines of a scenario's transcript, without the link to where one can read on. */
function linesWithoutLinks(name: string): string[] {
  return readSnapshot(name)
    .replace(/ More: \S+$/gm, '')
    .split('\n');
}

/** Whether a link's file is there and, where it names a place in it, that place. */
function leadsSomewhere(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(path)) return false;
  return (
    anchor === undefined ||
    sectionsOf(readFileSync(path, 'utf8')).some((section) => section.anchor === anchor)
  );
}
