import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { runStep } from '../../sandbox/runner/step.ts';
import { createWorld, OWN } from './world.ts';

// Processes take their time where many run at once.
jest.setTimeout(20_000);

const TOKEN = 'eyJ.our-own-token.1234567';
const LOGGED_IN = {
  current: 'github-actions',
  envs: { ...OWN.envs, 'github-actions': { AC_ACCESS_TOKEN: TOKEN } },
  'github-actions': { previous: 'staging' },
};

/** What main keeps in its state of a login. */
const stateOf = (file: string, login = 'stored') => ({
  'cli-configuration': file,
  'cli-token': createHash('sha256').update(TOKEN).digest('hex'),
  'cli-login': login,
});

test('post without state sends nothing, exports nothing and is green', async () => {
  const { appcircle, inputs, close } = await createWorld();
  try {
    const post = await runStep({ phase: 'post', inputs });
    const silent = { exitCode: 0, stdout: '', stderr: '', env: {}, outputs: {}, summary: '' };
    expect(post).toMatchObject(silent);
    expect(appcircle.requests).toEqual([]);
  } finally {
    await close();
  }
});

test('post waits all of its two seconds where main never came to the end of the login', async () => {
  const world = await createWorld({ cli: {} });
  try {
    writeFileSync(world.configurationFile, JSON.stringify(LOGGED_IN));
    const state = stateOf(world.configurationFile, 'begun');
    const post = await runStep({ phase: 'post', state });
    expect(post.durationMs).toBeGreaterThan(2000);
    expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' });
    expect(world.configuration().current).toBe('staging');
  } finally {
    await world.close();
  }
});

test('a file that is no configuration of the CLI stays as it is, whatever the state says', async () => {
  const world = await createWorld({ cli: {} });
  try {
    const file = join(dirname(world.configurationFile), 'package.json');
    const text = JSON.stringify(LOGGED_IN);
    writeFileSync(file, text);
    const post = await runStep({ phase: 'post', state: stateOf(file) });
    expect([post.exitCode, post.stdout, readFileSync(file, 'utf8')]).toEqual([0, '', text]);
  } finally {
    await world.close();
  }
});
