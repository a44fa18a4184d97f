import { Foreign } from '../base/foreign.ts';
import { type Fields, isObject, textIn } from '../base/json.ts';
import { type Message, message } from '../base/message.ts';
import type { Response } from '../http/response.ts';

/** Where servers say what went wrong, in any capitals: RFC 6749 (5.2) first, then Appcircle, ASP.NET and gateways. */
const FIELDS = ['error', 'code', 'error_description', 'message', 'detail', 'title', 'errors'];
const MOST_TEXTS = 10;
const LONGEST_TEXT = 2000;
const DEEPEST = 3;

/** A response that is not what was asked for, and what it says. */
export interface ErrorResponse extends Response {
  readonly texts: readonly string[];
}

/** Reads the answer to a request for a token where it is an error: with a 200 too, if it has an `error` and no token. */
export function errorResponseIn(response: Response): ErrorResponse | undefined {
  const { status, fields = {} } = response;
  if (status < 400 && !hasErrorAlone(fields)) return undefined;
  return readErrorResponse(response);
}

function hasErrorAlone({ access_token, error }: Fields): boolean {
  if (access_token !== undefined && access_token !== null) return false;
  if (isObject(error)) return Object.keys(error).length > 0;
  return textIn(error) !== undefined;
}

/** Reads what a response says, in whatever shape; of JSON, codes come first. */
export function readErrorResponse(response: Response): ErrorResponse {
  const said = response.json === undefined ? plainText(response) : response.json;
  const texts = new Set(textsIn(said, DEEPEST));
  return { ...response, texts: [...texts].slice(0, MOST_TEXTS) };
}

/** All of a plain text, but of a page its title. */
function plainText({ body }: Response): string | undefined {
  const text = body.raw.trim();
  if (!text.startsWith('<')) return text;
  const [, title] = /<title[^>]{0,100}>([^<]{1,300})/i.exec(text) ?? [];
  return title;
}

function textsIn(value: unknown, levels: number): string[] {
  if (typeof value === 'string' && value.trim() !== '') return [value.slice(0, LONGEST_TEXT)];
  if (levels === 0) return [];
  const within = (each: unknown) => textsIn(each, levels - 1);
  if (Array.isArray(value)) return value.slice(0, MOST_TEXTS).flatMap(within);
  if (!isObject(value)) return [];
  const named = new Map(Object.entries(value).map(([name, each]) => [name.toLowerCase(), each]));
  return FIELDS.flatMap((name) => within(named.get(name)));
}

/** With a blank ahead; nothing if the server says nothing. */
export function saidIn({ texts }: ErrorResponse): Message {
  const said = texts.join(': ');
  if (said === '') return message``;
  const sentence = message` The server says: "${new Foreign(said)}"`;
  return /[.!?]$/.test(said) ? sentence : message`${sentence}.`;
}

const EXPIRED = /(?<!un)expired/i;
/** Or of nothing: "expired" alone, or a code. */
const OF_A_KEY = /^\s*\S*\s*$|(key|secret|token|credential)s?(?![a-z])/i;
const OF_SOMETHING_ELSE =
  /subscription|licen[cs]e|password|session|certificate|time-?out|connection/i;
const LEFT_OPEN = [
  // "invalid or expired", "may have expired", "not expired"
  /((?<![a-z])(or|not|if|may|might|could|whether)(?![a-z])|n't\b)[^.,:;(–-]{0,20}expired/i,
  // "expired, revoked or invalid"
  /expired(, ?\w{1,15}){0,3},?[ _]or(?![a-z])/i,
  // "expired/invalid"
  /expired ?\/|\/ ?expired/i,
];

/** Whether one sentence says that the key has expired. */
export function saysExpired({ texts }: ErrorResponse): boolean {
  return sentencesOf(texts)
    .filter((sentence) => EXPIRED.test(sentence) && OF_A_KEY.test(sentence))
    .filter((sentence) => !OF_SOMETHING_ELSE.test(sentence))
    .some((sentence) => !LEFT_OPEN.some((form) => form.test(sentence)));
}

/**
 * Whether one sentence says that there is no such thing.
 * @param name of the thing, as the source of a pattern
 */
export function saysMissing({ texts }: ErrorResponse, name: string): boolean {
  const missing = new RegExp(
    `(${name})s?(?![a-z]).{0,60}?((not|n't)[ _](be[ _])?(found|exist)|unknown)|(no such|unknown).{0,20}?(${name})`,
    'i',
  );
  return sentencesOf(texts).some((sentence) => missing.test(sentence));
}

/** Sentences and codes, `keyExpired` as `key_Expired`, without the request's own path, which may name an "api-key". */
function sentencesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    text
      .replace(/\S{0,200}\/v\d\/(api-key\/)?token\S*/gi, '')
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .split(/[.!?;]+(?:\s|$)|\n/),
  );
}

/** Whether a 403 is not of the server: a page or plain text whose words are not of a role. */
export function saysBlocked({ texts, json }: ErrorResponse): boolean {
  if (json !== undefined) return false;
  const words = texts
    .join(' ')
    // Apache's and IIS's own sentence.
    .replace(/you do(n\S*t| not) have permission to (access|view).*/gi, '')
    .replace(/\b(403|forbidden|https?|error|status|code|page)\b/gi, '')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ');
  const isOfARole = /\b(role|permission|member|organi[sz]ation)|keys?\b/i.test(words);
  return words.trim() !== '' && !isOfARole;
}
