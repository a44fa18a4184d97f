import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import { isLoopback } from './loopback.ts';

/** The URL has the user name and password in it, host is host name and port. */
export type Proxy = { readonly url: string; readonly host: string };

/**
 * Finds the proxy for a URL in HTTPS_PROXY, HTTP_PROXY and NO_PROXY, lower-case names first, and masks its password. Loopback has none.
 * @throws Failure if the variable is not the URL of an HTTP proxy, rather than bypass it in silence
 */
export function proxyFor(url: URL, { variable, secrets }: Context): Proxy | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const setting = variable(name.toLowerCase()) || variable(name);
  if (
    !setting ||
    isLoopback(url.hostname) ||
    isExempt(url, variable('no_proxy') || variable('NO_PROXY'))
  )
    return undefined;
  const proxy = parse(setting);
  if (!proxy) {
    // Not repeated: it may hold a password.
    throw new Failure(
      'The proxy setting is not valid',
      message`${name} is set, but is not the URL of an HTTP proxy.`,
      message`Set ${name} to http://host:port or http://user:password@host:port, with special characters percent-encoded. SOCKS proxies are not supported.`,
    );
  }
  const user = decodeURIComponent(proxy.username);
  const password = decodeURIComponent(proxy.password);
  secrets.add([proxy.password, password]);
  if (password) secrets.add([Buffer.from(`${user}:${password}`).toString('base64')]);
  return { url: proxy.href, host: proxy.host };
}

/** NO_PROXY as @actions/http-client reads it: hosts or domains, each with or without a port, or `*`. */
function isExempt({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.toLowerCase();
  const hosts = [host, `${host}:${port || (protocol === 'https:' ? '443' : '80')}`];
  return noProxy
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => {
      const suffix = entry.startsWith('.') ? entry : `.${entry}`;
      return (
        entry === '*' ||
        (entry !== '' && hosts.some((name) => name === entry || name.endsWith(suffix)))
      );
    });
}

function parse(setting: string): URL | undefined {
  const href = setting.includes('://') ? setting : `http://${setting}`;
  try {
    const url = new URL(href);
    // The tunnel decodes these later, in the middle of a request.
    decodeURIComponent(`${url.username} ${url.password}`);
    return ['http:', 'https:'].includes(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
