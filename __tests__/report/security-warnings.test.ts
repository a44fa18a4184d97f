import { expect, test } from '@jest/globals';
import type { Endpoints } from '../../src/appcircle/client.ts';
import { warnOfRisks } from '../../src/report/security-warnings.ts';
import { cloud } from '../../src/settings.ts';
import { testContext } from '../support/context.ts';

/** The warnings for a step with these endpoints and variables. */
function warnings(endpoints: Endpoints, variables: Record<string, string> = {}) {
  const context = testContext({ variables });
  warnOfRisks(endpoints, context);
  return context.log.warnings;
}

test('nothing is warned of by default, nor on this machine', () => {
  expect(warnings(cloud)).toEqual([]);
  expect(
    warnings({ authEndpoint: 'http://127.0.0.1:1', apiEndpoint: 'http://localhost:2' }),
  ).toEqual([]);
});

test('each endpoint without TLS is warned of, both in one warning', () => {
  expect(
    warnings({
      authEndpoint: 'http://auth.acme.example:8080/appcircle',
      apiEndpoint: 'http://api.acme.example',
    }),
  ).toEqual([
    {
      title: 'The connection is not encrypted',
      text: 'auth-endpoint and api-endpoint are http://, so anyone between this runner and auth.acme.example:8080 or api.acme.example can read the secret and the token. Use https://.',
    },
  ]);
  expect(warnings({ ...cloud, apiEndpoint: 'http://api.acme.example' })).toEqual([
    {
      title: 'The connection is not encrypted',
      text: 'api-endpoint is http://, so anyone between this runner and api.acme.example can read the secret and the token. Use https://.',
    },
  ]);
});

test('one server behind both endpoints is named once', () => {
  const server = 'http://acme.example';
  expect(warnings({ authEndpoint: `${server}/auth`, apiEndpoint: `${server}/api` })).toEqual([
    {
      title: 'The connection is not encrypted',
      text: 'auth-endpoint and api-endpoint are http://, so anyone between this runner and acme.example can read the secret and the token. Use https://.',
    },
  ]);
});

test.each(['auth.localhost', '127.evil.example', 'localhost.example'])(
  'the host %s is not taken for this machine',
  (host) => {
    expect(
      warnings({ ...cloud, authEndpoint: `http://${host}` }).map(({ title }) => title),
    ).toEqual(['The connection is not encrypted']);
  },
);

test('certificates that are not checked are warned of', () => {
  expect(warnings(cloud, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
    {
      title: 'Certificates are not checked',
      text: 'NODE_TLS_REJECT_UNAUTHORIZED is 0, so any server can pose as Appcircle and take the secret. Remove the variable, and pass a private certificate authority as ca-certificate.',
    },
  ]);
  expect(warnings(cloud, { NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
});
