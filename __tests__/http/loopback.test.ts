import { expect, test } from '@jest/globals';
import { isLoopback } from '../../src/http/loopback.ts';

test.each(['localhost', 'auth.localhost', 'a.b.localhost', '127.0.0.1', '127.1.2.3', '127.255.255.254', '[::1]'])(
  '%s is this machine',
  (hostname) => {
    expect(isLoopback(hostname)).toBe(true);
  },
);

test.each([
  'localhost.example.com',
  'notlocalhost',
  'localhosts',
  '127.0.0.1.example.com',
  'a127.0.0.1',
  '127.0.0',
  '128.0.0.1',
  '[::2]',
  '::1',
  '0.0.0.0',
  '10.0.0.1',
  '',
])('"%s" is not', (hostname) => {
  expect(isLoopback(hostname)).toBe(false);
});
