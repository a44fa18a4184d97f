import { checkBypass } from '@actions/http-client/lib/proxy';
import { Failure } from '../failure.ts';
import type { Masks } from '../masks.ts';

export interface Proxy {
  /** With user name and password, if it has them. */
  readonly url: string;
  /** Host name and port, fit to be shown. */
  readonly host: string;
}

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for a URL. As in @actions/http-client the lower-case name comes first and
 * loopback needs no proxy. The proxy's password is masked.
 * @throws Failure where the variable is not the URL of an HTTP proxy: to go round a proxy in silence is no choice
 */
export function proxyFor(url: URL, masks: Masks): Proxy | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const setting = process.env[name] || process.env[name.toUpperCase()];
  if (!setting || checkBypass(url)) return undefined;
  const proxy = parse(setting);
  if (!proxy) throw invalid(name.toUpperCase());
  const user = decodeURIComponent(proxy.username);
  const password = decodeURIComponent(proxy.password);
  for (const secret of [proxy.password, password]) masks.add(secret);
  if (password) masks.add(Buffer.from(`${user}:${password}`).toString('base64'));
  return { url: proxy.href, host: proxy.host };
}

function parse(setting: string): URL | undefined {
  const href = setting.includes('://') ? setting : `http://${setting}`;
  try {
    const url = new URL(href);
    // Node's agent decodes these two, and would fail in the middle of a request.
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
    `${name} is set, but is not the URL of an HTTP proxy.`,
    `Set ${name} as http://host:port or http://user:password@host:port, with special characters percent-encoded; SOCKS proxies can't be used.`,
  );
}
