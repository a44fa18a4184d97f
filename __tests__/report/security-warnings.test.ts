import { expect, test } from '@jest/globals';
import type { Endpoints } from '../../src/appcircle/client.ts';
import { warnOfRisks } from '../../src/report/security-warnings.ts';
import { cloud } from '../../src/settings.ts';
import { testContext } from '../support/context.ts';

/** The warnings for a step with these endpoints and variables. */
function warnings(endpoints: Partial<Endpoints>, variables: Record<string, string> = {}) {
  const context = testContext({ variables });
  warnOfRisks({ ...cloud, ...endpoints }, context);
  return context.log.warnings;
}

test('nothing is warned of by default, nor on this machine', () => {
  expect(warnings({})).toEqual([]);
  const local = { authEndpoint: 'http://127.0.0.1:1', apiEndpoint: 'http://localhost:2' };
  expect(warnings(local)).toEqual([]);
});

const AUTH = { authEndpoint: 'http://acme.example:8080/auth' };

test.each([
  [AUTH, 'auth-endpoint is', 'acme.example:8080'],
  [{ apiEndpoint: 'http://127.evil.example' }, 'api-endpoint is', '127.evil.example'],
  [
    { ...AUTH, apiEndpoint: 'http://api.acme.example' },
    'auth-endpoint and api-endpoint are',
    'acme.example:8080 or api.acme.example',
  ],
  [
    { ...AUTH, apiEndpoint: 'http://acme.example:8080/api' },
    'auth-endpoint and api-endpoint are',
    'acme.example:8080',
  ],
])('endpoints without TLS are warned of, all in one warning: %j', (endpoints, inputs, hosts) => {
  expect(warnings(endpoints)).toEqual([
    {
      title: 'The connection is not encrypted',
      text: `${inputs} http://, so anyone between this runner and ${hosts} can read the secret and the token. Use https://.`,
    },
  ]);
});

test('certificates that are not checked are warned of', () => {
  expect(warnings({}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
    {
      title: 'Certificates are not checked',
      text: 'NODE_TLS_REJECT_UNAUTHORIZED is 0, so any server can pose as Appcircle and take the secret. Remove the variable, and pass a private certificate authority as ca-certificate.',
    },
  ]);
  expect(warnings({}, { NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toEqual([]);
});
