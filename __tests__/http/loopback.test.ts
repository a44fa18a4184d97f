import { expect, test } from '@jest/globals';
import { isLoopback } from '../../src/http/loopback.ts';
import { proxyFor } from '../../src/http/proxy.ts';
import { testContext } from '../support/context.ts';

/** The host of a URL, as the action sees it. */
const hostOf = (host: string) => new URL(`http://${host}:8080`).hostname;

/** Whether an environment whose every variable names a proxy sends a URL's secrets through one. */
function isProxied(scheme: string, host: string): boolean {
  const proxy = 'http://proxy.example.com:3128';
  const variables = {
    HTTP_PROXY: proxy,
    http_proxy: proxy,
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
  };
  return proxyFor(new URL(`${scheme}://${host}:8080`), testContext({ variables })) !== undefined;
}

test.each([
  'localhost',
  'LOCALHOST',
  '127.0.0.1',
  '127.1.2.3',
  '127.0.0.0',
  '127.255.255.255',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  // URL makes addresses of these (WHATWG URL, host parsing).
  '127.1',
  '0x7f.0.0.1',
  '2130706433',
  '0177.0.0.1',
])('%s is this machine, and goes round every proxy', (host) => {
  expect(isLoopback(hostOf(host))).toBe(true);
  expect([isProxied('http', host), isProxied('https', host)]).toEqual([false, false]);
});

test.each([
  'auth.localhost',
  'a.b.localhost',
  'localhost.',
  'localhost.example.com',
  'notlocalhost',
  'localhosts',
  '127.evil.example',
  '127.0.0.1.example.com',
  '127.0.0.1.nip.io',
  'a127.0.0.1.example',
  '128.0.0.1',
  '126.255.255.255',
  '0.0.0.0',
  '10.0.0.1',
  '[::]',
  '[::2]',
  '[1::1]',
  '[::ffff:127.0.0.1]',
])('%s is another machine, and is reached through the proxy', (host) => {
  expect(isLoopback(hostOf(host))).toBe(false);
  expect([isProxied('http', host), isProxied('https', host)]).toEqual([true, true]);
});
