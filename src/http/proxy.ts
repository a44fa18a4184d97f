import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import { isLoopback } from './loopback.ts';

export interface Proxy {
  /** With user name and password, if it has them. */
  readonly url: string;
  /** Host name and port. */
  readonly host: string;
}

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for a URL, the lower-case names first. Loopback goes round every proxy. The
 * proxy's password is masked.
 * @throws Failure where the variable is not the URL of an HTTP proxy: to go round a proxy in silence is no choice
 */
export function proxyFor(url: URL, { variable, secrets }: Context): Proxy | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const setting = variable(name.toLowerCase()) || variable(name);
  if (!setting || isLoopback(url.hostname) || isExempt(url, variable('no_proxy') || variable('NO_PROXY')))
    return undefined;
  const proxy = parse(setting);
  if (!proxy) throw invalid(name);
  const user = decodeURIComponent(proxy.username);
  const password = decodeURIComponent(proxy.password);
  secrets.add([proxy.password, password]);
  if (password) secrets.add([Buffer.from(`${user}:${password}`).toString('base64')]);
  return { url: proxy.href, host: proxy.host };
}

/**
 * Whether NO_PROXY names a URL's host, as @actions/http-client reads it: a host name, the end of one after a dot, either with a port, or `*`
 * for every host.
 */
function isExempt({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.toLowerCase();
  const hosts = [host, `${host}:${port || (protocol === 'https:' ? '443' : '80')}`];
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => {
      const suffix = entry.startsWith('.') ? entry : `.${entry}`;
      return entry === '*' || (entry !== '' && hosts.some((name) => name === entry || name.endsWith(suffix)));
    });
}

function parse(setting: string): URL | undefined {
  const href = setting.includes('://') ? setting : `http://${setting}`;
  try {
    const url = new URL(href);
    // The tunnel decodes these two, and would fail in the middle of a request.
    decodeURIComponent(url.username + url.password);
    return ['http:', 'https:'].includes(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

function invalid(name: string): Failure {
  // Not repeated: a password may stand in it.
  return new Failure(
    'The proxy setting is not valid',
    message`${name} is set, but is not the URL of an HTTP proxy.`,
    message`Set ${name} to http://host:port or http://user:password@host:port, with special characters percent-encoded. SOCKS proxies are not supported.`,
  );
}
