import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { codeOf, errorText } from '../../src/base/errors.ts';
import { Foreign } from '../../src/base/foreign.ts';

const nodeError = (message: string, code: unknown) => Object.assign(new Error(message), { code });

test.each<[string, unknown, string, string]>([
  ['an error of Node', nodeError('socket hang up', 'ECONNRESET'), 'ECONNRESET', 'socket hang up'],
  [
    'an error of OpenSSL, without its numbers and its file',
    nodeError(
      'write EPROTO 409D:error:0A00010B:SSL routines:ssl3_read_bytes:wrong version number:../deps/x.c:77:\n',
      'EPROTO',
    ),
    'EPROTO',
    'wrong version number',
  ],
  ['an error without words', nodeError('', 'ECONNRESET'), 'ECONNRESET', 'ECONNRESET'],
  ['an error with a number for a code', nodeError('odd', 7), '', 'odd'],
  ['an error without a code', new Error('no code'), '', 'no code'],
  ['an error with nothing to say', new Error(''), '', ''],
  ['an error of another realm', runInNewContext("new Error('from afar')"), '', 'from afar'],
  ['text', 'just text', '', 'just text'],
  ['a number', 42, '', '42'],
  ['undefined', undefined, '', 'undefined'],
  ['null', null, '', 'null'],
  ['an object with a message that is none', { message: 7 }, '', '[object Object]'],
])('the code and the words of %s', (_name, thrown, code, text) => {
  expect([codeOf(thrown), errorText(thrown)]).toEqual([code, new Foreign(text)]);
});
