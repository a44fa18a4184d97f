import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { API_KEY } from '../sandbox/appcircle/accounts.ts';
import { startAppcircle } from '../sandbox/appcircle/server.ts';
import { runStep } from '../sandbox/runner/step.ts';

const dist = (name: string) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'appcircle-dist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('dist/exec.js alone loads child_process', () => {
  const code = (name: string) => readFileSync(dist(name), 'utf8');
  expect(code('exec.js')).toContain('child_process');
  expect(code('index.js')).not.toContain('child_process');
});

test('an exchange and its post step do without dist/exec.js', async () => {
  for (const name of ['index.js', 'package.json']) copyFileSync(dist(name), join(folder, name));
  const appcircle = await startAppcircle();
  try {
    const options = {
      script: join(folder, 'index.js'),
      inputs: {
        'api-key-name': API_KEY.name,
        'api-key-secret': API_KEY.secret,
        'auth-endpoint': appcircle.authEndpoint,
        'api-endpoint': appcircle.apiEndpoint,
        summary: 'always',
      },
    };
    const main = await runStep(options);
    expect(main).toMatchObject({ exitCode: 0, env: { AC_ACCESS_TOKEN: appcircle.issued[0]?.access_token } });
    expect(await runStep({ ...options, phase: 'post', state: main.state })).toMatchObject({ exitCode: 0 });
  } finally {
    await appcircle.close();
  }
});
