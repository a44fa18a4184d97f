import { afterEach, expect, test } from '@jest/globals';
import { Failure } from '../../src/failure.ts';
import { proxyFor } from '../../src/http/proxy.ts';
import { Masks } from '../../src/masks.ts';

const NAMES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'] as const;
const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));

afterEach(() => {
  for (const name of NAMES) setVariable(name, before[name]);
});

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** The proxy for a URL in an environment that has these variables and no others, and what was masked. */
function proxyIn(variables: Partial<Record<(typeof NAMES)[number], string>>, url = 'https://auth.example.com') {
  for (const name of NAMES) setVariable(name, variables[name]);
  const masked: string[] = [];
  return { proxy: proxyFor(new URL(url), new Masks((secret) => masked.push(secret))), masked };
}

const PROXY = { url: 'http://proxy.example.com:3128/', host: 'proxy.example.com:3128' };

test('there is none where the environment names none', () => {
  expect(proxyIn({})).toEqual({ proxy: undefined, masked: [] });
  expect(proxyIn({ HTTPS_PROXY: '' }).proxy).toBeUndefined();
});

test.each(['https_proxy', 'HTTPS_PROXY'] as const)('%s is for https:// alone', (name) => {
  expect(proxyIn({ [name]: 'http://proxy.example.com:3128' })).toEqual({ proxy: PROXY, masked: [] });
  expect(proxyIn({ [name]: 'http://proxy.example.com:3128' }, 'http://auth.example.com').proxy).toBeUndefined();
});

test.each(['http_proxy', 'HTTP_PROXY'] as const)('%s is for http:// alone', (name) => {
  expect(proxyIn({ [name]: 'http://proxy.example.com:3128' }, 'http://auth.example.com').proxy).toEqual(PROXY);
  expect(proxyIn({ [name]: 'http://proxy.example.com:3128' }).proxy).toBeUndefined();
});

if (process.platform !== 'win32') {
  test('the name in lower case comes first', () => {
    const both = { https_proxy: 'http://proxy.example.com:3128', HTTPS_PROXY: 'http://other.example.com' };
    expect(proxyIn(both).proxy).toEqual(PROXY);
    expect(proxyIn({ ...both, https_proxy: '' }).proxy?.host).toBe('other.example.com');
  });
}

test.each([
  ['auth.example.com', undefined],
  ['AUTH.EXAMPLE.COM', undefined],
  ['.example.com', undefined],
  ['example.com', undefined],
  ['auth.example.com:443', undefined],
  ['*', undefined],
  ['other.example.org, example.com', undefined],
  ['auth.example.com:8443', PROXY],
  ['example.org', PROXY],
  ['ample.com', PROXY],
  ['', PROXY],
])('NO_PROXY=%s', (value, proxy) => {
  expect(proxyIn({ HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: value }).proxy).toEqual(proxy);
});

test.each(['https://localhost', 'https://127.0.0.1', 'https://127.1.2.3:8443', 'https://[::1]'])(
  '%s needs none',
  (url) => {
    expect(proxyIn({ HTTPS_PROXY: 'http://proxy.example.com:3128' }, url).proxy).toBeUndefined();
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
  expect(proxyIn({ HTTPS_PROXY: 'http://us%40er:p%3Ass%20w%C3%B6rd@proxy.example.com:3128' })).toEqual({
    proxy: { url: 'http://us%40er:p%3Ass%20w%C3%B6rd@proxy.example.com:3128/', host: 'proxy.example.com:3128' },
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
  'proxy.example.com:port',
])('HTTPS_PROXY=%s is an error, and is not repeated', (setting) => {
  const variables = { HTTPS_PROXY: setting };
  expect(() => proxyIn(variables)).toThrow(Failure);
  expect(() => proxyIn(variables)).toThrow(
    expect.objectContaining({
      title: 'The proxy setting is not valid',
      message: 'HTTPS_PROXY is set, but is not the URL of an HTTP proxy.',
      remedy:
        "Set HTTPS_PROXY as http://host:port or http://user:password@host:port, with special characters percent-encoded; SOCKS proxies can't be used.",
    }),
  );
});

test('says which of the variables is wrong', () => {
  expect(() => proxyIn({ http_proxy: 'socks5://proxy' }, 'http://auth.example.com')).toThrow(
    'HTTP_PROXY is set, but is not the URL of an HTTP proxy.',
  );
});

test('a setting that is not used need not be right', () => {
  expect(proxyIn({ HTTPS_PROXY: 'socks5://proxy', NO_PROXY: '*' }).proxy).toBeUndefined();
});
