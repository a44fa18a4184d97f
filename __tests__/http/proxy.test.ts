import { expect, test } from '@jest/globals';
import { proxyFor } from '../../src/http/proxy.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failures.ts';

const NAMES = [
  'https_proxy',
  'HTTPS_PROXY',
  'http_proxy',
  'HTTP_PROXY',
  'no_proxy',
  'NO_PROXY',
] as const;

/** The proxy for a URL in an environment that has these variables and no others, and what was masked. */
function proxyIn(
  variables: Partial<Record<(typeof NAMES)[number], string>>,
  url = 'https://auth.example.com',
) {
  const context = testContext({ variables });
  return { proxy: proxyFor(new URL(url), context), masked: context.announced };
}

const PROXY = { url: 'http://proxy.example.com:3128/', host: 'proxy.example.com:3128' };

test('there is none where the environment names none', () => {
  expect(proxyIn({})).toEqual({ proxy: undefined, masked: [] });
  expect(proxyIn({ HTTPS_PROXY: '' }).proxy).toBeUndefined();
});

test.each(['https_proxy', 'HTTPS_PROXY'] as const)('%s is for https:// alone', (name) => {
  expect(proxyIn({ [name]: 'http://proxy.example.com:3128' })).toEqual({
    proxy: PROXY,
    masked: [],
  });
  expect(
    proxyIn({ [name]: 'http://proxy.example.com:3128' }, 'http://auth.example.com').proxy,
  ).toBeUndefined();
});

test.each(['http_proxy', 'HTTP_PROXY'] as const)('%s is for http:// alone', (name) => {
  expect(
    proxyIn({ [name]: 'http://proxy.example.com:3128' }, 'http://auth.example.com').proxy,
  ).toEqual(PROXY);
  expect(proxyIn({ [name]: 'http://proxy.example.com:3128' }).proxy).toBeUndefined();
});

test('the name in lower case comes first', () => {
  const both = {
    https_proxy: 'http://proxy.example.com:3128',
    HTTPS_PROXY: 'http://other.example.com',
  };
  expect(proxyIn(both).proxy).toEqual(PROXY);
  expect(proxyIn({ ...both, https_proxy: '' }).proxy?.host).toBe('other.example.com');
});

const DIRECT = undefined;

// As @actions/http-client reads it, and curl (`everything.curl.dev`, "NO_PROXY").
test.each([
  ['auth.example.com', DIRECT],
  ['AUTH.EXAMPLE.COM', DIRECT],
  ['.example.com', DIRECT],
  ['.EXAMPLE.com', DIRECT],
  ['example.com', DIRECT],
  ['com', DIRECT],
  ['auth.example.com:443', DIRECT],
  ['.example.com:443', DIRECT],
  ['example.com:443', DIRECT],
  ['*', DIRECT],
  [' * ', DIRECT],
  ['other.example.org,*', DIRECT],
  ['other.example.org, example.com', DIRECT],
  ['  auth.example.com\t,', DIRECT],
  [',,auth.example.com', DIRECT],
  ['auth.example.com:8443', PROXY],
  ['.example.com:80', PROXY],
  ['example.org', PROXY],
  ['ample.com', PROXY],
  ['.auth.example.com', PROXY],
  ['sub.auth.example.com', PROXY],
  ['auth.example.com.evil.example', PROXY],
  ['*.example.com', PROXY],
  ['auth', PROXY],
  ['.', PROXY],
  [',', PROXY],
  [' ', PROXY],
  ['', PROXY],
])('NO_PROXY=%j', (value, proxy) => {
  const HTTPS_PROXY = 'http://proxy.example.com:3128';
  expect(proxyIn({ HTTPS_PROXY, NO_PROXY: value }).proxy).toEqual(proxy);
  expect(proxyIn({ HTTPS_PROXY, no_proxy: value }).proxy).toEqual(proxy);
  const shouting = 'https://AUTH.EXAMPLE.COM';
  expect(proxyIn({ HTTPS_PROXY, NO_PROXY: value }, shouting).proxy).toEqual(proxy);
});

test.each([
  ['10.1.2.3', 'https://10.1.2.3', DIRECT],
  ['10.1.2.3:8443', 'https://10.1.2.3:8443', DIRECT],
  ['[2001:db8::1]', 'https://[2001:db8::1]', DIRECT],
  ['[2001:db8::1]:443', 'https://[2001:db8::1]', DIRECT],
  ['auth.example.com:8443', 'https://auth.example.com:8443', DIRECT],
  ['example.com', 'https://auth.example.com:8443', DIRECT],
  ['auth.example.com:443', 'https://auth.example.com:8443', PROXY],
  ['10.1.2.4', 'https://10.1.2.3', PROXY],
])('NO_PROXY=%s for %s', (value, url, proxy) => {
  expect(
    proxyIn({ HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: value }, url).proxy,
  ).toEqual(proxy);
});

test('the exception in lower case comes first', () => {
  const variables = { HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: '*' };
  expect(proxyIn({ ...variables, no_proxy: 'example.org' }).proxy).toEqual(PROXY);
  expect(proxyIn({ ...variables, no_proxy: '' }).proxy).toBeUndefined();
});

test.each(['localhost', '127.0.0.1', '127.0.0.1:8443', '127.1.2.3:8443', '[::1]', '[::1]:8443'])(
  '%s needs none, whatever the variables say',
  (host) => {
    const setting = 'http://proxy.example.com:3128';
    const variables = {
      HTTPS_PROXY: setting,
      https_proxy: setting,
      HTTP_PROXY: setting,
      http_proxy: setting,
    };
    for (const scheme of ['https', 'http'])
      for (const NO_PROXY of ['', 'example.com'])
        expect(proxyIn({ ...variables, NO_PROXY }, `${scheme}://${host}`).proxy).toBeUndefined();
  },
);

test.each(['http://auth.localhost:8080', 'http://127.evil.example', 'http://0.0.0.0'])(
  '%s needs one',
  (url) => {
    expect(proxyIn({ HTTP_PROXY: 'http://proxy.example.com:3128' }, url).proxy).toEqual(PROXY);
  },
);

test('a name without a scheme is that of an HTTP proxy', () => {
  expect(proxyIn({ HTTPS_PROXY: 'proxy.example.com:3128' }).proxy).toEqual(PROXY);
});

test('a proxy may be reached over TLS', () => {
  expect(proxyIn({ HTTPS_PROXY: 'https://proxy.example.com' }).proxy).toEqual({
    url: 'https://proxy.example.com/',
    host: 'proxy.example.com',
  });
});

test('the password is masked as it stands there, decoded, and as it is sent', () => {
  expect(
    proxyIn({ HTTPS_PROXY: 'http://us%40er:p%3Ass%20w%C3%B6rd@proxy.example.com:3128' }),
  ).toEqual({
    proxy: {
      url: 'http://us%40er:p%3Ass%20w%C3%B6rd@proxy.example.com:3128/',
      host: 'proxy.example.com:3128',
    },
    masked: ['p%3Ass%20w%C3%B6rd', 'p:ss wörd', Buffer.from('us@er:p:ss wörd').toString('base64')],
  });
});

test('a user name alone is no secret', () => {
  expect(proxyIn({ HTTPS_PROXY: 'http://user@proxy.example.com' }).masked).toEqual([]);
});

test.each([
  'socks5://proxy.example.com:1080',
  'socks://user:password@proxy.example.com',
  'ftp://proxy.example.com',
  'file:///etc/passwd',
  'http://',
  'http://[',
  '://proxy',
  'http://user:100%@proxy.example.com',
  'http://100%:password@proxy.example.com',
  'http://user%:20x@proxy.example.com',
  'proxy.example.com:port',
])('HTTPS_PROXY=%s is an error, and is not repeated', (setting) => {
  const variables = { HTTPS_PROXY: setting };
  expect(failureOf(() => proxyIn(variables))).toEqual({
    title: 'The proxy setting is not valid',
    reason: 'HTTPS_PROXY is set, but is not the URL of an HTTP proxy.',
    remedy:
      'Set HTTPS_PROXY to http://host:port or http://user:password@host:port, with special characters percent-encoded. SOCKS proxies are not supported.',
  });
});

test('says which of the variables is wrong', () => {
  const variables = { http_proxy: 'socks5://proxy' };
  expect(failureOf(() => proxyIn(variables, 'http://auth.example.com'))).toMatchObject({
    reason: 'HTTP_PROXY is set, but is not the URL of an HTTP proxy.',
  });
});

test('a setting that is not used need not be right', () => {
  expect(proxyIn({ HTTPS_PROXY: 'socks5://proxy', NO_PROXY: '*' }).proxy).toBeUndefined();
});
