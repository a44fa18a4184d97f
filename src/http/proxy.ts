import { BlockList, isIP } from 'node:net';
import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import { isLoopback } from './loopback.ts';
import { withoutBrackets } from './tunnel.ts';

export interface Proxy {
  /** With user name and password. */
  readonly url: string;
  /** Host name and port. */
  readonly host: string;
  readonly hasLogin: boolean;
  /** The first entry of NO_PROXY that could not be understood. */
  readonly oddExemption: string | undefined;
}

/**
 * Finds the proxy for a URL in HTTPS_PROXY, HTTP_PROXY and NO_PROXY, lower-case names first, and masks its password. Loopback has none.
 * @throws Failure if the variable is not the URL of an HTTP proxy, rather than bypass it in silence
 */
export function proxyFor(url: URL, { variable, secrets }: Context): Proxy | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const setting = (variable(name.toLowerCase()) || variable(name)).trim();
  if (!setting || isLoopback(url.hostname)) return undefined;
  const noProxy = variable('no_proxy') || variable('NO_PROXY');
  const entries = noProxy.match(/[^\s,;]+/g) ?? [];
  if (entries.some((entry) => covers(entry, url))) return undefined;
  const proxy = parse(name, setting);
  const user = decodeURIComponent(proxy.username);
  const password = decodeURIComponent(proxy.password);
  secrets.add([proxy.password, password]);
  if (password) secrets.add([Buffer.from(`${user}:${password}`).toString('base64')]);
  const odd = entries.find((entry) => covers(entry, url) === undefined);
  return {
    url: proxy.href,
    host: proxy.host,
    hasLogin: Boolean(user || password),
    // A URL in it may hold a password, too.
    oddExemption: noProxy.includes('@') ? undefined : odd,
  };
}

/** Whether an entry of NO_PROXY covers a server; `undefined` if it is none of the forms in docs/CONFIGURATION.md. */
function covers(entry: string, { hostname, port, protocol }: URL): boolean | undefined {
  const itsPort = port || (protocol === 'https:' ? '443' : '80');
  // The last group of a bare IPv6 address is no port.
  const [, place = entry, only = itsPort] = /^([^:]+|\[.+):(\d+)$/.exec(entry) ?? [];
  return only === itsPort && coversHost(place.toLowerCase(), withoutBrackets(hostname));
}

function coversHost(place: string, host: string): boolean | undefined {
  if (place === '*') return true;
  const [, address = '', bits = 128] = /^\[?([\d.:a-f]+)\]?(?:\/(\d+))?$/.exec(place) ?? [];
  const version = isIP(address);
  if (version === 0) {
    // What ends in a number is the beginning of an address, and no name.
    const [, name] = /^(?:\*?\.)?((?:[\w-]+\.)*[\d-]*[a-z_][\w-]*)\.?$/.exec(place) ?? [];
    return name === undefined ? undefined : `.${host}`.replace(/\.$/, '').endsWith(`.${name}`);
  }
  const range = new BlockList();
  if (version === 4) range.addSubnet(address, Math.min(Number(bits), 32));
  else range.addSubnet(address, Math.min(Number(bits), 128), 'ipv6');
  return range.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}

/** @throws Failure that repeats nothing of the setting: it may hold a password */
function parse(name: string, setting: string): URL {
  const href = setting.includes('://') ? setting : `http://${setting}`;
  // For Node the host name ends there, and the rest of the password is a path.
  const [, end] = /^[^/]*\/\/[^/?#\\]*([/?#\\]).*@/s.exec(href) ?? [];
  const url = parseUrl(href);
  if (!end && url) return url;
  throw new Failure(
    'The proxy setting is not valid',
    end
      ? message`${name} is set, but has a "${end}" in its user name or password, which must be ${encodeURIComponent(end)} there.`
      : message`${name} is set, but is not the URL of an HTTP proxy.`,
    message`Set ${name} to http://host:port or http://user:password@host:port, with special characters percent-encoded. SOCKS proxies and PAC files are not supported.`,
  );
}

function parseUrl(href: string): URL | undefined {
  try {
    const url = new URL(href);
    // The tunnel decodes these later, in the middle of a request.
    decodeURIComponent(`${url.username} ${url.password}`);
    return /^https?:\/\/[^/]+\/$/.test(url.href) ? url : undefined;
  } catch {
    return undefined;
  }
}
