import type { Endpoints } from '../appcircle/client.ts';
import type { Context } from '../base/context.ts';
import { message, words } from '../base/message.ts';
import { isLoopback } from '../http/loopback.ts';

/** Warns of settings that let others read or forge what is sent. */
export function warnOfRisks(
  { authEndpoint, apiEndpoint }: Endpoints,
  { log, variable }: Context,
): void {
  for (const [input, endpoint] of Object.entries({
    'auth-endpoint': authEndpoint,
    'api-endpoint': apiEndpoint,
  })) {
    const { protocol, host, hostname } = new URL(endpoint);
    if (protocol === 'http:' && !isLoopback(hostname)) {
      log.warning(
        words`The connection is not encrypted`,
        message`${input} is http://, so anyone between this runner and ${host} can read the secret and the token. Use https://.`,
      );
    }
  }
  if (variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    log.warning(
      words`Certificates are not checked`,
      message`NODE_TLS_REJECT_UNAUTHORIZED is 0, so any server can pose as Appcircle and take the secret. Remove the variable, and pass a private certificate authority as ca-certificate.`,
    );
  }
}
