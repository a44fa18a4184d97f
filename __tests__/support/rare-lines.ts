import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import { answer, failure, floodBody, stallAfterRequest } from '../../sandbox/network/faults.ts';
import { closedPort } from '../../sandbox/network/listener.ts';
import { startProxy } from '../../sandbox/network/proxy.ts';
import { networkFailure } from '../../src/http/network-errors.ts';
import { apiKey, selfHosted } from '../scenarios/scenario.ts';
import { withoutWaits } from './clock.ts';
import { testContext } from './context.ts';
import { type FailureData, failureData } from './failures.ts';
import { MemoryRunner, runInProcess } from './in-process.ts';

const SERVER = new URL(selfHosted['auth-endpoint']).host;

/**
 * Lines of the log that no scenario shows, since it takes a broken network or a broken server to see them. Runs in this process that
 * fail on demand, as the log of a self-hosted server at `acme.example` would have them.
 */
export async function rareLines(): Promise<string[]> {
  return [
    await lineOf({}, (appcircle) => appcircle.fail(failure(429, 120), { times: 'always' })),
    await lineOf({}, (appcircle) => appcircle.fail(failure(503), { times: 'always' })),
    await lineOf({}, (appcircle) => appcircle.fail(floodBody())),
    await lineOf({ 'sub-organization': 'iOS Team' }, (appcircle) =>
      appcircle.fail(answer(WEB_PAGE), { on: 'api' }),
    ),
    await lineOf({ 'timeout-seconds': '1' }, (appcircle) => appcircle.fail(stallAfterRequest())),
    await lineOf({ 'auth-endpoint': `http://127.0.0.1:${await closedPort()}` }),
    ...NETWORK_ERRORS.map((error) => errorLine(networkFailureOf(error))),
    await proxiedLineOf(`http://127.0.0.1:${await closedPort()}`),
    await refusedByProxy(),
    await proxiedLineOf('socks5://proxy.acme.example:1080'),
    ...(await warningsOf({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })),
  ];
}

const WEB_PAGE = {
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Appcircle</title>',
};

/** Errors as Node raises them: code and message. */
const NETWORK_ERRORS = [
  ['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/, RTSP/ or ICE/'],
  ['ENOTFOUND', `getaddrinfo ENOTFOUND ${SERVER}`],
  ['CERT_HAS_EXPIRED', 'certificate has expired'],
  ['CERT_NOT_YET_VALID', 'certificate is not yet valid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames"],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
  ['UNSPECIFIED', 'EE certificate key too weak'],
  [
    'EPROTO',
    'write EPROTO 409D262C:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/openssl/tlsany_meth.c:77:',
  ],
] as const;

function networkFailureOf([code, text]: (typeof NETWORK_ERRORS)[number]): FailureData {
  const failure = networkFailure(Object.assign(new Error(text), { code }), {
    host: SERVER,
    proxy: undefined,
  });
  const { secrets } = testContext();
  return failureData(failure, (message) => secrets.show(message));
}

/** The line of a run behind a proxy, with HTTPS_PROXY as given. */
function proxiedLineOf(setting: string): Promise<string> {
  return failedLine({ ...apiKey, ...selfHosted }, { variables: { HTTPS_PROXY: setting } });
}

async function refusedByProxy(): Promise<string> {
  const proxy = await startProxy({ hosts: {}, fault: 403 });
  try {
    return await proxiedLineOf(proxy.url);
  } finally {
    await proxy.close();
  }
}

/** The line of a run whose Appcircle is broken. */
async function lineOf(
  inputs: Readonly<Record<string, string>>,
  breakIt: (appcircle: Appcircle) => void = () => {},
) {
  const appcircle = await startAppcircle();
  try {
    breakIt(appcircle);
    return await failedLine(
      { ...inputsFor(appcircle), ...inputs },
      { apiPort: appcircle.ports.api },
    );
  } finally {
    await appcircle.close();
  }
}

interface Circumstances {
  readonly variables?: Readonly<Record<string, string>>;
  /** Where the API server of the sandbox is. */
  readonly apiPort?: number;
}

/** The line that a run ends with, which must not succeed. Names stand for the addresses of this machine in it. */
async function failedLine(
  inputs: Readonly<Record<string, string>>,
  { variables, apiPort }: Circumstances = {},
): Promise<string> {
  const runner = new MemoryRunner(inputs, variables);
  const { failure } = await runInProcess({}, { ...withoutWaits(), random: () => 0.5, runner });
  if (!failure) throw new Error('The run was not to succeed.');
  return (
    errorLine(failure)
      // Jest runs tests in a realm of their own, whose Error is another than that of Node's errors.
      .replace('(Error: ', '(')
      .replace(/ECONNREFUSED 127\.0\.0\.1:\d+/, 'ECONNREFUSED 192.0.2.7:443')
      .replace(`127.0.0.1:${apiPort}`, new URL(selfHosted['api-endpoint']).host)
      .replace(/proxy 127\.0\.0\.1:\d+/, 'proxy proxy.acme.example:3128')
      .replace(/127\.0\.0\.1:\d+/g, SERVER)
  );
}

/** The warnings of a run with these variables. */
async function warningsOf(variables: Readonly<Record<string, string>>): Promise<string[]> {
  const appcircle = await startAppcircle();
  try {
    const runner = new MemoryRunner(inputsFor(appcircle), variables);
    await runInProcess({}, { runner });
    return runner.log.warnings.map(({ text }) => `Warning: ${text}`);
  } finally {
    await appcircle.close();
  }
}

function inputsFor({ authEndpoint, apiEndpoint }: Appcircle): Record<string, string> {
  return { ...apiKey, 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint };
}

function errorLine({ reason, remedy }: FailureData): string {
  return `Error: ${reason} ${remedy}`;
}
