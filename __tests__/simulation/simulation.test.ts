import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { failureTitles } from '../../src/base/failure.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { promisesOfJob, promisesOfMain } from './promise.ts';
import type { Result } from './run.ts';

/** In a process of its own: the simulator replaces what Node has for sockets, files and processes. */
async function simulate(): Promise<Result> {
  const script = join(import.meta.dirname, 'run.ts');
  const options = { env: { ...process.env, ...COMPILE_CACHE }, maxBuffer: 1e9 };
  const args = [script, '--json', '--runs', '1000'];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout) as Result;
}

const first1000 = simulate();

test('keeps its promises in 1,000 worlds of chance (npm run simulate -- --seed <seed> shows one)', async () => {
  expect((await first1000).broken).toEqual({});
}, 120_000);

test('meets every failure that it knows in those worlds, but for an old Node and errors of its own', async () => {
  const { reached } = await first1000;
  const never = failureTitles.filter((title) => !reached[`end: ${title}`]);
  expect(never).toEqual(['Node is too old', 'Unexpected error in the action']);
}, 120_000);

test('names its promises in the words of docs/GUARANTEES.md', () => {
  const page = join(import.meta.dirname, '../../docs/GUARANTEES.md');
  const guarantees = readFileSync(page, 'utf8').replace(/\s+/g, ' ');
  const named = Object.keys({ ...promisesOfMain, ...promisesOfJob });
  expect(named.filter((sentence) => !guarantees.includes(sentence))).toEqual([]);
});
