import type { Endpoints } from '../appcircle/client.ts';
import type { Context, Log } from '../base/context.ts';
import { message, words } from '../base/message.ts';
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
  const endpoints = [
    { input: 'auth-endpoint', url: new URL(authEndpoint) },
    { input: 'api-endpoint', url: new URL(apiEndpoint) },
  ];
  const open = endpoints.filter(({ url }) => isOpen(url));
  if (open.length === 0) return;
  const inputs = open.map(({ input }) => input).join(' and ');
  const hosts = new Set(open.map(({ url }) => url.host));
  const verb = open.length === 1 ? words`is` : words`are`;
  log.warning(
    words`The connection is not encrypted`,
    message`${inputs} ${verb} http://, so anyone between this runner and ${[...hosts].join(' or ')} can read the secret and the token. Use https://.`,
  );
}

function isOpen({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isLoopback(hostname);
}
