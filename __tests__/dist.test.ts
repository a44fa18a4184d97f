import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { API_KEY } from '../sandbox/appcircle/accounts.ts';
import { startAppcircle } from '../sandbox/appcircle/server.ts';
import { runJob } from '../sandbox/runner/job.ts';

const dist = (name: string) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'appcircle-dist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['index.js', 'post.js', 'cli.js'])(
  'dist/%s is ASCII: no invisible character, and no letter that looks like another',
  (name) => {
    expect(readFileSync(dist(name), 'utf8')).toMatch(/^[\n\t -~]*$/);
  },
);

test('an exchange and its post step do without dist/cli.js', async () => {
  for (const name of ['index.js', 'post.js', 'package.json'])
    copyFileSync(dist(name), join(folder, name));
  const appcircle = await startAppcircle();
  try {
    const inputs = {
      'api-key-name': API_KEY.name,
      'api-key-secret': API_KEY.secret,
      'auth-endpoint': appcircle.authEndpoint,
      'api-endpoint': appcircle.apiEndpoint,
      summary: 'always',
    };
    const step = { main: join(folder, 'index.js'), post: join(folder, 'post.js'), inputs };
    const job = await runJob({ steps: [step] });
    expect(job.env).toEqual({ AC_ACCESS_TOKEN: appcircle.issued[0]?.access_token });
    expect(job.steps[0]?.post).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  } finally {
    await appcircle.close();
  }
});
