import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFileCommands } from '../../sandbox/runner/file-commands.ts';
import { readToken } from '../../src/appcircle/token.ts';
import { Failure } from '../../src/base/failure.ts';
import { publish } from '../../src/runner/files.ts';
import { NOW, response } from '../appcircle/support.ts';
import { anyCharacter } from '../support/any-character.ts';

const folder = mkdtempSync(join(tmpdir(), 'appcircle-injection-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the steps after this one find, when this token is published. */
function published(token: string, organization: string) {
  const before = { ...process.env };
  const paths = { GITHUB_ENV: join(folder, 'env'), GITHUB_OUTPUT: join(folder, 'output') };
  for (const path of Object.values(paths)) writeFileSync(path, '');
  Object.assign(process.env, paths);
  try {
    publish(
      {
        'access-token': token,
        'token-expires-at': '',
        'organization-id': organization,
        'credential-type': 'api-key',
        'key-expires-on': '',
        'key-days-left': '',
        'key-expiry-status': 'unknown',
      },
      { AC_ACCESS_TOKEN: token },
    );
  } finally {
    for (const name of [...Object.keys(paths), 'AC_ACCESS_TOKEN']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
  return {
    env: parseFileCommands(readFileSync(paths.GITHUB_ENV, 'utf8'), 'GITHUB_ENV'),
    outputs: parseFileCommands(readFileSync(paths.GITHUB_OUTPUT, 'utf8'), 'GITHUB_OUTPUT'),
  };
}

const injection = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        'NODE_OPTIONS=--require=x',
        'PATH=/tmp',
        '<<',
        'EOF',
        'ghadelimiter_',
        '=',
        '::set-env name=A::b',
      ),
      fc.string({ unit: anyCharacter, maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

test('a token that could set another variable is no token', () => {
  fc.assert(
    fc.property(injection, fc.boolean(), (text, asJwt) => {
      const token = asJwt ? `e30.${text}.e30` : text;
      let value: string;
      try {
        value = readToken(response(200, { access_token: token }), NOW).value;
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        return;
      }
      expect(value).toMatch(/^[!-~]+$/);
      expect(published(value, '').env).toEqual({ AC_ACCESS_TOKEN: value });
    }),
    { numRuns: 300 },
  );
});

test('nothing that is published can set another variable or output', () => {
  fc.assert(
    fc.property(injection, injection, (token, organization) => {
      const { env, outputs } = published(token, organization);
      expect(env).toEqual({ AC_ACCESS_TOKEN: token });
      expect(Object.keys(outputs).length).toBe(7);
      expect([outputs['access-token'], outputs['organization-id']]).toEqual([token, organization]);
    }),
    { numRuns: 300 },
  );
});
