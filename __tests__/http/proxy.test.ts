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
  'ALL_PROXY',
] as const;

/** The proxy for a URL in an environment that has these variables and no others, and what was masked. */
function proxyIn(
  variables: Partial<Record<(typeof NAMES)[number], string>>,
  url = 'https://auth.example.com',
) {
  const context = testContext({ variables });
  return { proxy: proxyFor(new URL(url), context), masked: context.announced };
}

const HTTPS_PROXY = 'http://proxy.example.com:3128';
const PROXY = {
  url: 'http://proxy.example.com:3128/',
  host: 'proxy.example.com:3128',
  hasLogin: false,
  oddExemption: undefined,
};

test('there is none where the environment names none', () => {
  expect(proxyIn({})).toEqual({ proxy: undefined, masked: [] });
  expect(proxyIn({ HTTPS_PROXY: '' }).proxy).toBeUndefined();
  expect(proxyIn({ HTTPS_PROXY: ' ' }).proxy).toBeUndefined();
});

test('ALL_PROXY is not obeyed', () => {
  expect(proxyIn({ ALL_PROXY: HTTPS_PROXY }).proxy).toBeUndefined();
});

test.each(['https_proxy', 'HTTPS_PROXY'] as const)('%s is for https:// alone', (name) => {
  expect(proxyIn({ [name]: HTTPS_PROXY })).toEqual({
    proxy: PROXY,
    masked: [],
  });
  expect(proxyIn({ [name]: HTTPS_PROXY }, 'http://auth.example.com').proxy).toBeUndefined();
});

test.each(['http_proxy', 'HTTP_PROXY'] as const)('%s is for http:// alone', (name) => {
  expect(proxyIn({ [name]: HTTPS_PROXY }, 'http://auth.example.com').proxy).toEqual(PROXY);
  expect(proxyIn({ [name]: HTTPS_PROXY }).proxy).toBeUndefined();
});

test('the name in lower case comes first', () => {
  const both = {
    https_proxy: HTTPS_PROXY,
    HTTPS_PROXY: 'http://other.example.com',
  };
  expect(proxyIn(both).proxy).toEqual(PROXY);
  expect(proxyIn({ ...both, https_proxy: '' }).proxy?.host).toBe('other.example.com');
});

const DIRECT = undefined;

// What people write, by the manuals of curl, wget, Go, Python, npm, Java and Windows.
test.each([
  ['auth.example.com', DIRECT],
  ['AUTH.EXAMPLE.COM', DIRECT],
  ['.example.com', DIRECT],
  ['.EXAMPLE.com', DIRECT],
  ['*.example.com', DIRECT],
  ['example.com', DIRECT],
  ['example.com.', DIRECT],
  ['.auth.example.com', DIRECT],
  ['*.auth.example.com', DIRECT],
  ['com', DIRECT],
  ['auth.example.com:443', DIRECT],
  ['.example.com:443', DIRECT],
  ['*.example.com:443', DIRECT],
  ['example.com:443', DIRECT],
  ['*', DIRECT],
  [' * ', DIRECT],
  ['other.example.org,*', DIRECT],
  ['other.example.org, example.com', DIRECT],
  ['other.example.org example.com', DIRECT],
  ['other.example.org;example.com', DIRECT],
  ['other.example.org\nexample.com', DIRECT],
  ['  auth.example.com\t,', DIRECT],
  [',,auth.example.com', DIRECT],
  ['auth.example.com:8443', PROXY],
  ['.example.com:80', PROXY],
  ['example.org', PROXY],
  ['ample.com', PROXY],
  ['sub.auth.example.com', PROXY],
  ['auth.example.com.evil.example', PROXY],
  ['auth', PROXY],
  [',', PROXY],
  [' ', PROXY],
  ['', PROXY],
  ['0.0.0.0/0', PROXY],
])('NO_PROXY=%j', (value, proxy) => {
  expect(proxyIn({ HTTPS_PROXY, NO_PROXY: value }).proxy).toEqual(proxy);
  expect(proxyIn({ HTTPS_PROXY, no_proxy: value }).proxy).toEqual(proxy);
  const shouting = 'https://AUTH.EXAMPLE.COM';
  expect(proxyIn({ HTTPS_PROXY, NO_PROXY: value }, shouting).proxy).toEqual(proxy);
});

test.each([
  ['10.1.2.3', 'https://10.1.2.3', DIRECT],
  ['10.1.2.3', 'https://10.1.2.3:8443', DIRECT],
  ['10.1.2.3:8443', 'https://10.1.2.3:8443', DIRECT],
  ['10.1.2.3:443', 'https://10.1.2.3:8443', PROXY],
  ['10.1.2.4', 'https://10.1.2.3', PROXY],
  ['10.0.0.0/8', 'https://10.1.2.3', DIRECT],
  ['10.1.2.3/8', 'https://10.200.0.1', DIRECT],
  ['10.0.0.0/8', 'https://11.1.2.3', PROXY],
  ['10.0.0.0/8', 'https://10.evil.example', PROXY],
  ['10.1.2.3/32', 'https://10.1.2.3', DIRECT],
  ['10.1.2.0/24:8443', 'https://10.1.2.3:8443', DIRECT],
  ['2001:db8::5', 'https://[2001:db8::5]', DIRECT],
  ['2001:DB8:0:0::5', 'https://[2001:db8::5]', DIRECT],
  ['2001:db8::5', 'https://[2001:db8::5]:8443', DIRECT],
  ['[2001:db8::1]', 'https://[2001:db8::1]', DIRECT],
  ['[2001:db8::1]:443', 'https://[2001:db8::1]', DIRECT],
  ['[2001:db8::1]:443', 'https://[2001:db8::1]:8443', PROXY],
  ['2001:db8::/32', 'https://[2001:db8:1::5]', DIRECT],
  ['[2001:db8::]/32', 'https://[2001:db8:1::5]', DIRECT],
  ['2001:db8::/32', 'https://[2001:db9::5]', PROXY],
  ['::ffff:10.1.2.3', 'https://10.1.2.3', DIRECT],
  ['auth.example.com:8443', 'https://auth.example.com:8443', DIRECT],
  ['example.com', 'https://auth.example.com:8443', DIRECT],
  ['auth.example.com:443', 'https://auth.example.com:8443', PROXY],
  ['example.com', 'https://auth.example.com.', DIRECT],
])('NO_PROXY=%s for %s', (value, url, proxy) => {
  expect(proxyIn({ HTTPS_PROXY, NO_PROXY: value }, url).proxy).toEqual(proxy);
});

test.each([
  '192.168.*',
  '192.168.',
  '192.168',
  '10.0.0.1-10.0.0.9',
  '10.0.0.0/x',
  '10.0.0.0/-1',
  '10.0.0.0/',
  '010.0.0.1',
  'http://x',
  '*example.com',
  'auth.*',
  '<local>',
  '.',
])('an entry that could not be understood spares nothing, and is kept to be named: %s', (entry) => {
  for (const url of ['https://auth.example.com', 'https://10.0.0.5', 'https://192.168.1.2']) {
    const NO_PROXY = `example.org, ${entry}, another*`;
    expect(proxyIn({ HTTPS_PROXY, NO_PROXY }, url).proxy).toEqual({
      ...PROXY,
      oddExemption: entry,
    });
  }
});

test('an entry with a password in it is not named', () => {
  const NO_PROXY = 'http://user:Q7w,x@proxy.example.com';
  expect(proxyIn({ HTTPS_PROXY, NO_PROXY }).proxy).toEqual(PROXY);
});

test('the exception in lower case comes first', () => {
  const variables = { HTTPS_PROXY, NO_PROXY: '*' };
  expect(proxyIn({ ...variables, no_proxy: 'example.org' }).proxy).toEqual(PROXY);
  expect(proxyIn({ ...variables, no_proxy: '' }).proxy).toBeUndefined();
});

test('a name without a scheme is that of an HTTP proxy', () => {
  expect(proxyIn({ HTTPS_PROXY: 'proxy.example.com:3128' }).proxy).toEqual(PROXY);
});

test('blanks around a setting are no part of it', () => {
  expect(proxyIn({ HTTPS_PROXY: ` ${HTTPS_PROXY}\n` }).proxy).toEqual(PROXY);
});

test('a proxy may be reached over TLS', () => {
  expect(proxyIn({ HTTPS_PROXY: 'https://proxy.example.com' }).proxy).toMatchObject({
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
      hasLogin: true,
      oddExemption: undefined,
    },
    masked: ['p%3Ass%20w%C3%B6rd', 'p:ss wörd', Buffer.from('us@er:p:ss wörd').toString('base64')],
  });
});

test('a user name alone is a login, but no secret', () => {
  const { proxy, masked } = proxyIn({ HTTPS_PROXY: 'http://user@proxy.example.com' });
  expect(proxy?.hasLogin).toBe(true);
  expect(masked).toEqual([]);
});

test('a password alone is a login', () => {
  const { proxy, masked } = proxyIn({ HTTPS_PROXY: 'http://:Q7w@proxy.example.com' });
  expect(proxy?.hasLogin).toBe(true);
  expect(masked).toEqual(['Q7w', Buffer.from(':Q7w').toString('base64')]);
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
  'http://proxy.example.com/proxy.pac',
  'http://proxy.example.com:3128/?x',
  'http://proxy.example.com:3128#x',
])('HTTPS_PROXY=%s is an error, and is not repeated', (setting) => {
  const variables = { HTTPS_PROXY: setting };
  expect(failureOf(() => proxyIn(variables))).toEqual({
    title: 'The proxy setting is not valid',
    reason: 'HTTPS_PROXY is set, but is not the URL of an HTTP proxy.',
    remedy:
      'Set HTTPS_PROXY to http://host:port or http://user:password@host:port, with special characters percent-encoded. SOCKS proxies and PAC files are not supported.',
  });
});

test.each([
  ['http://svc:48213#Q7w@host', '#', '%23'],
  ['http://svc:48213/Q7w@host', '/', '%2F'],
  ['http://svc:48213?Q7w@host:3128', '?', '%3F'],
  ['http://CORP\\jdoe:pw@host', '\\', '%5C'],
  ['CORP\\jdoe:pw@host', '\\', '%5C'],
  ['svc:Q7/w#x@host', '/', '%2F'],
  ['https://svc:Q7w#x@y@host:3128', '#', '%23'],
  ['  http://svc:1#Q7w@host', '#', '%23'],
])('HTTPS_PROXY=%s says what to encode, and nothing of the setting', (setting, character, code) => {
  const { title, reason, remedy } = failureOf(() => proxyIn({ HTTPS_PROXY: setting }));
  expect(title).toBe('The proxy setting is not valid');
  expect(reason).toBe(
    `HTTPS_PROXY is set, but has a "${character}" in its user name or password, which must be ${code} there.`,
  );
  expect(remedy).not.toMatch(/svc|48213|Q7w|jdoe|pw@/);
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
