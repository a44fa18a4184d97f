import { tmpdir } from 'node:os';
import type { Row } from '../row.ts';

const UNTAKEN = 'The runner did not take the token';
/** What the runner gives a step to write to. */
// biome-ignore format: a table, one row a line
export const runners: readonly Row[] = [
  { name: 'runner: names no GITHUB_OUTPUT', env: { GITHUB_OUTPUT: undefined }, ends: UNTAKEN, says: 'GITHUB_OUTPUT is not set' },
  { name: 'runner: names no GITHUB_ENV', env: { GITHUB_ENV: undefined }, ends: UNTAKEN, says: 'GITHUB_ENV is not set' },
  { name: 'runner: names no GITHUB_ENV, and nothing is to be written there', env: { GITHUB_ENV: undefined }, inputs: { 'export-env': 'false' }, ends: 'token' },
  { name: 'runner: the file of GITHUB_OUTPUT is missing', env: { GITHUB_OUTPUT: `${tmpdir()}/not/there` }, ends: UNTAKEN, says: 'The file that GITHUB_OUTPUT names was not found' },
  { name: 'runner: the file of GITHUB_ENV is missing', env: { GITHUB_ENV: `${tmpdir()}/not/there` }, ends: UNTAKEN, says: 'The file that GITHUB_ENV names was not found' },
  { name: 'runner: GITHUB_OUTPUT is a folder', env: { GITHUB_OUTPUT: tmpdir() }, ends: UNTAKEN, says: 'could not be written' },
  { name: 'runner: GITHUB_ENV is a folder', env: { GITHUB_ENV: tmpdir() }, ends: UNTAKEN, says: 'could not be written' },
  { name: 'runner: no space for GITHUB_ENV', env: { GITHUB_ENV: '/dev/full' }, only: 'linux', ends: UNTAKEN, says: '(ENOSPC)' },
  { name: 'runner: no space for GITHUB_OUTPUT', env: { GITHUB_OUTPUT: '/dev/full' }, only: 'linux', ends: UNTAKEN, says: 'Free some space' },
  { name: 'runner: GITHUB_ENV may not be written', env: { GITHUB_ENV: '/sys/kernel/vmcoreinfo' }, only: 'linux', ends: UNTAKEN, says: 'as a user that may write' },
  { name: 'runner: the file of GITHUB_STATE is missing', env: { GITHUB_STATE: `${tmpdir()}/not/there` }, ends: 'token' },
  { name: 'runner: names no GITHUB_STATE', env: { GITHUB_STATE: undefined }, ends: 'token' },
  { name: 'runner: names no GITHUB_STEP_SUMMARY', env: { GITHUB_STEP_SUMMARY: undefined }, inputs: { summary: 'always' }, ends: 'token' },
  { name: 'runner: GITHUB_STEP_SUMMARY is a folder', env: { GITHUB_STEP_SUMMARY: tmpdir() }, inputs: { summary: 'always' }, ends: 'token' },
  { name: 'inputs: a host name of five thousand letters', inputs: { 'auth-endpoint': `https://${'a'.repeat(5000)}.test`, 'api-endpoint': 'https://api.test' }, ends: 'Invalid inputs', requests: 0 },
  { name: 'inputs: none at all', inputs: { 'api-key-name': '', 'api-key-secret': '' }, ends: 'No Appcircle credential', requests: 0 },
];
