import type { Endpoints } from '../appcircle/client.ts';
import type { Context, Log } from '../base/context.ts';
import { joined, message, words } from '../base/message.ts';
import { isLoopback } from '../http/loopback.ts';

/** Warns of settings that let others read or forge what is sent. */
export function warnOfRisks(endpoints: Endpoints, { log, variable }: Context): void {
  warnOfOpenConnections(endpoints, log);
  if (variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0') {
    log.warning(
      words`Certificates are not checked`,
      message`NODE_TLS_REJECT_UNAUTHORIZED is 0, so any server can pose as Appcircle and take the secret. Remove the variable, and pass a private certificate authority as ca-certificate.`,
    );
  }
}

function warnOfOpenConnections({ authEndpoint, apiEndpoint }: Endpoints, log: Log): void {
  const inputs: string[] = [];
  const hosts = new Set<string>();
  for (const [input, endpoint] of [
    ['auth-endpoint', authEndpoint],
    ['api-endpoint', apiEndpoint],
  ] as const) {
    const { protocol, host, hostname } = new URL(endpoint);
    if (protocol !== 'http:' || isLoopback(hostname)) continue;
    inputs.push(input);
    hosts.add(host);
  }
  if (inputs.length === 0) return;
  const verb = inputs.length === 1 ? words`is` : words`are`;
  const servers = joined(
    [...hosts].map((host) => message`${host}`),
    ' or ',
  );
  log.warning(
    words`The connection is not encrypted`,
    message`${inputs.join(' and ')} ${verb} http://, so anyone between this runner and ${servers} can read the secret and the token. Use https://.`,
  );
}
