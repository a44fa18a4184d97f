import { message } from '../src/base/message.ts';
import { Secrets } from '../src/secrets/secrets.ts';

const MEBIBYTE = 1024 * 1024;

const filled = (part: string) => part.repeat(Math.ceil(MEBIBYTE / part.length)).slice(0, MEBIBYTE);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Answers that keep the search for secrets busy. */
const HOSTILE: Readonly<Record<string, string>> = {
  'one letter': filled('a'),
  'Base64 in Base64 in Base64': base64(base64(base64(filled('abc')))).slice(0, MEBIBYTE),
  'percent signs, encoded again and again': filled('%2525'),
  'HTML entities in HTML entities': filled('&#x26;#x26;'),
  'hexadecimal digits': filled('deadbeef'),
  'invisible characters': filled('\u200b'),
  blanks: filled(' '),
  'beginnings of the secret': filled(`${'a'.repeat(40)}b`),
};

/** Says what takes longest to show, with as many secrets known as one answer may bring. */
export function hostileLine(): string {
  const secrets = new Secrets(() => undefined);
  secrets.add([
    'a'.repeat(20_000),
    ...Array.from({ length: 99 }, (_, index) => `${'b'.repeat(index + 1)}${'a'.repeat(99)}`),
  ]);
  const times = Object.entries(HOSTILE).map(([name, text]) => {
    const start = performance.now();
    secrets.show(message`The server says: "${text}".`);
    return { name, ms: performance.now() - start };
  });
  const [worst] = times.sort((a, b) => b.ms - a.ms);
  return `With 100 secrets known, 1 MiB took ${worst?.ms.toFixed(1)} ms at most (${worst?.name}). Goal: below 50 ms.`;
}
