import { BlockList, type IPVersion, isIP } from 'node:net';
import type { Context } from '../base/context.ts';
import { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';
import { isLoopback } from './loopback.ts';
import { loginOf, withoutBrackets } from './tunnel.ts';

export interface ProxyServer {
  /** With user name and password. */
  readonly url: string;
  /** Host name and port. */
  readonly host: string;
  readonly hasLogin: boolean;
  /** The first entry of NO_PROXY that could not be understood. */
  readonly oddExemption: string | undefined;
}

/** How a server is reached. */
export interface Route {
  /** Host name and port of the server. */
  readonly host: string;
  readonly proxy: ProxyServer | undefined;
}

/** With a blank ahead; nothing without a proxy. */
export function throughProxy(proxy: ProxyServer | undefined): Message {
  return proxy ? message` through the proxy ${proxy.host}` : message``;
}

/**
 * Finds the proxy for a URL in HTTPS_PROXY, HTTP_PROXY and NO_PROXY, lower-case names first, and masks its password. Loopback has none.
 * @throws Failure if the variable is not the URL of an HTTP proxy, rather than bypass it in silence
 */
export function proxyFor(url: URL, { variable, secrets }: Context): ProxyServer | undefined {
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const setting = (variable(name.toLowerCase()) || variable(name)).trim();
  if (!setting || isLoopback(url.hostname)) return undefined;
  const noProxy = variable('no_proxy') || variable('NO_PROXY');
  const entries = noProxy.match(/[^\s,;]+/g) ?? [];
  if (entries.some((entry) => covers(entry, url))) return undefined;
  const proxy = readSetting(name, setting);
  const { href, host, password } = proxy;
  const login = loginOf(proxy);
  if (password) secrets.add([password, decodeURIComponent(password), login ?? '']);
  const odd = entries.find((entry) => covers(entry, url) === undefined);
  return {
    url: href,
    host,
    hasLogin: login !== undefined,
    // A URL in it may hold a password, too.
    oddExemption: noProxy.includes('@') ? undefined : odd,
  };
}

/** Whether an entry of NO_PROXY covers a server; `undefined` if it is none of the forms in docs/CONFIGURATION.md. */
function covers(entry: string, { hostname, port, protocol }: URL): boolean | undefined {
  const defaultPort = protocol === 'https:' ? '443' : '80';
  const portOfServer = port || defaultPort;
  // The last group of a bare IPv6 address is no port.
  const [, place = entry, onlyPort = portOfServer] = /^([^:]+|\[.+):(\d+)$/.exec(entry) ?? [];
  if (onlyPort !== portOfServer) return false;
  return coversHost(place.toLowerCase(), withoutBrackets(hostname));
}

function coversHost(place: string, host: string): boolean | undefined {
  if (place === '*') return true;
  const [, address = '', bits = 128] = /^\[?([\d.:a-f]+)\]?(?:\/(\d+))?$/.exec(place) ?? [];
  switch (isIP(address)) {
    case 4:
      return isInRange(host, address, Math.min(Number(bits), 32), 'ipv4');
    case 6:
      return isInRange(host, address, Math.min(Number(bits), 128), 'ipv6');
    default:
      return isInDomain(host, place);
  }
}

function isInRange(host: string, address: string, bits: number, family: IPVersion): boolean {
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return range.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}

/** @param place a name, with or without a dot or `*.` ahead */
function isInDomain(host: string, place: string): boolean | undefined {
  // What ends in a number is the beginning of an address, and no name.
  const [, name] = /^(?:\*?\.)?((?:[\w-]+\.)*[\d-]*[a-z_][\w-]*)\.?$/.exec(place) ?? [];
  if (name === undefined) return undefined;
  return `.${host}`.replace(/\.$/, '').endsWith(`.${name}`);
}

/** @throws Failure that repeats nothing of the setting: it may hold a password */
function readSetting(name: string, setting: string): URL {
  const href = setting.includes('://') ? setting : `http://${setting}`;
  // For Node the host name ends there, and the rest of the password is a path.
  const [, end] = /^[^/]*\/\/[^/?#\\]*([/?#\\]).*@/s.exec(href) ?? [];
  if (end) {
    throw invalid(
      name,
      message`has a "${end}" in its user name or password, which must be ${encodeURIComponent(end)} there`,
    );
  }
  const url = parseUrl(href);
  if (!url) throw invalid(name, message`is not the URL of an HTTP proxy`);
  return url;
}

function invalid(name: string, why: Message): Failure {
  return new Failure(
    'The proxy setting is not valid',
    message`${name} is set, but ${why}.`,
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
