import { isLoopback } from './http/loopback.ts';
import type { Settings } from './inputs.ts';
import type { Runner } from './runner/runner.ts';

/** Warns of settings that let others read or forge what is sent. */
export function announceRisks(settings: Settings, { log, variable }: Runner): void {
  for (const [name, endpoint] of [
    ['auth-endpoint', settings.authEndpoint],
    ['api-endpoint', settings.apiEndpoint],
  ] as const) {
    const { protocol, host, hostname } = new URL(endpoint);
    if (protocol === 'http:' && !isLoopback(hostname)) {
      log.warning(
        'The connection is not encrypted',
        `${name} is http://, and allow-insecure-http is true: whoever sits between this runner and ${host} can read the secret and the token. Use https://.`,
      );
    }
  }
  if (variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    log.warning(
      'Certificates are not checked',
      'NODE_TLS_REJECT_UNAUTHORIZED is 0: any server can pose as Appcircle and take the secret. Remove the variable, and give a private certificate authority as ca-certificate.',
    );
  }
}
