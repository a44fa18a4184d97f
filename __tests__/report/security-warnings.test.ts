import { expect, test } from '@jest/globals';
import { readSettings } from '../src/inputs.ts';
import { announceRisks } from '../src/risks.ts';
import { MemoryRunner } from './support/in-process.ts';

/** The warnings for a step with these inputs and variables. */
function warnings(inputs: Record<string, string>, variables: Record<string, string> = {}) {
  const runner = new MemoryRunner({ 'personal-access-key': 'pak', ...inputs }, variables);
  announceRisks(readSettings(runner), runner);
  return runner.warnings;
}

test('nothing is warned of by default, nor on this machine', () => {
  expect(warnings({})).toEqual([]);
  expect(warnings({ 'auth-endpoint': 'http://127.0.0.1:1', 'api-endpoint': 'http://localhost:2' })).toEqual([]);
});

test('each endpoint without TLS is warned of', () => {
  expect(
    warnings({
      'auth-endpoint': 'http://auth.acme.example:8080/appcircle',
      'api-endpoint': 'http://api.acme.example',
      'allow-insecure-http': 'true',
    }),
  ).toEqual([
    {
      title: 'The connection is not encrypted',
      message:
        'auth-endpoint is http://, and allow-insecure-http is true: whoever sits between this runner and auth.acme.example:8080 can read the secret and the token. Use https://.',
    },
    {
      title: 'The connection is not encrypted',
      message:
        'api-endpoint is http://, and allow-insecure-http is true: whoever sits between this runner and api.acme.example can read the secret and the token. Use https://.',
    },
  ]);
});

test('certificates that are not checked are warned of', () => {
  expect(warnings({}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
    {
      title: 'Certificates are not checked',
      message:
        'NODE_TLS_REJECT_UNAUTHORIZED is 0: any server can pose as Appcircle and take the secret. Remove the variable, and give a private certificate authority as ca-certificate.',
    },
  ]);
  expect(warnings({}, { NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
});
