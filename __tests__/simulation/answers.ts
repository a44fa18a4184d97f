import type { FailureTitle } from '../../src/base/failure.ts';
import type { Chance } from './chance.ts';
import type { Organization, Plan } from './plan.ts';
import { drawSecret, hostileText, plainTexts, strangeText } from './texts.ts';

/** What a request asks for, as a server reads it. */
export interface Asked {
  readonly kind: 'token' | 'list';
  readonly organizationId: string | undefined;
  /** None where the list is asked for without parameters. */
  readonly page: number | undefined;
  readonly proxied: boolean;
  /** The path, without its prefix. */
  readonly place: string;
  /** Whether a newer path was missing, and whether there is none left to try. */
  readonly isOlder: boolean;
  readonly isLast: boolean;
}

/** What a request met, and what must follow from it. */
export interface Outcome {
  readonly name: string;
  /** Whether it may be tried again; undefined where the world does not know. */
  readonly transient: boolean | undefined;
  /** What the run may end with where it ends here; undefined where the world does not know, empty where it is no failure. */
  readonly titles?: readonly FailureTitle[] | undefined;
  /** Milliseconds that the server asks to wait from now on. */
  readonly wait?: (() => number) | undefined;
  /** The next try comes at once. */
  readonly atOnce?: true;
  /** Words that the red line must repeat if the run ends here. */
  readonly says?: string | undefined;
  /** The organizations that can be read on a page of the list. */
  readonly listed?: readonly Organization[] | undefined;
  /** How many there are on all pages, as the server has it. */
  readonly total?: number;
  /** The token that it is good for. */
  readonly grant?: Grant;
}

export interface Grant {
  readonly token: string;
  /** What the token says, if that is a GUID. */
  readonly organizationId: string | undefined;
  /** Seconds, if the answer says so. */
  readonly lifetime: number | undefined;
  /** What the answer has as its date. */
  readonly date: number | undefined;
  readonly isOlder: boolean;
}

export interface Answer extends Outcome {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const NOT_A_TOKEN: readonly FailureTitle[] = ['The answer is not a token'];
const UNREADABLE: readonly FailureTitle[] = ['The organization list could not be read'];
/** As large as an answer may be, so that an endless list comes to 100,000 in time. */
const ENDLESS_PAGE = 14_000;
/** The action asks for so many on a page. */
const PAGE = 100;
const LONGEST_NAME = 1000;
const LONGEST_TOKEN = 32_000;

/** Draws answers to requests. */
export class Answers {
  readonly #chance: Chance;
  readonly #plan: Plan;
  readonly #now: () => number;
  /** Of an endless list. */
  #entries = 0;

  /** @param now the wall clock of the runner */
  constructor(chance: Chance, plan: Plan, now: () => number) {
    this.#chance = chance;
    this.#plan = plan;
    this.#now = now;
  }

  good(asked: Asked): Answer {
    return asked.kind === 'list' ? this.#list(asked) : this.#token(asked);
  }

  /** An answer that is not what was asked for, of one of the kinds below. */
  bad(asked: Asked, status: number | undefined): Answer {
    if (status !== undefined) return this.#refusal(asked, status);
    return asked.kind === 'list' ? this.#badList() : this.badToken(asked);
  }

  /** The kinds of bad answers: their status, or none for a 200 that is not what it should be. */
  drawStatus(): number | undefined {
    const often = [
      undefined,
      undefined,
      undefined,
      400,
      401,
      401,
      403,
      404,
      404,
      404,
      429,
      429,
      500,
      502,
      503,
      302,
    ];
    const rare = [
      201, 204, 300, 301, 303, 304, 307, 308, 402, 405, 406, 407, 408, 409, 410, 418, 421, 421, 422,
      425, 451, 501, 504, 505, 511, 520, 524, 525, 526, 530, 599, 700, 999,
    ];
    return this.#chance.pick(this.#chance.in100(75) ? often : rare);
  }

  #answer(
    status: number,
    body: string | Buffer,
    outcome: Outcome,
    headers: Record<string, string> = {},
  ): Answer {
    const all: Record<string, string> = {
      date: this.#drawDate().header,
      'content-type': this.#chance.in100(90) ? 'application/json' : 'text/html',
      ...headers,
    };
    if (all['date'] === '') delete all['date'];
    if (this.#chance.in100(10)) all['x-request-id'] = this.#hostileHeader();
    return { ...outcome, status, headers: all, body: Buffer.from(body) };
  }

  /** A date by the server's clock, in most answers. */
  #drawDate(): { header: string; at: number | undefined } {
    if (this.#chance.in100(10)) return { header: '', at: undefined };
    if (!this.#plan.kind && this.#chance.in100(3)) return { header: 'yesterday', at: undefined };
    const at = Math.floor((this.#now() + this.#plan.skewMs) / 1000) * 1000;
    return { header: new Date(at).toUTCString(), at };
  }

  #hostileHeader(): string {
    const text = encodeHeader(hostileText(this.#chance, this.#plan));
    return text.length < 60_000 ? text : 'long';
  }

  #token(
    asked: Asked,
    {
      claim = this.#chance.in100(90) ? asked.organizationId : asked.organizationId?.toUpperCase(),
      seconds = this.#chance.pick([3600, 14_400, 60]),
    }: { claim?: unknown; seconds?: number } = {},
  ): Answer {
    const chance = this.#chance;
    const { header, at } = this.#drawDate();
    const opaque = chance.in100(asked.isOlder ? 40 : 15);
    const expiresIn = chance.pick([seconds, seconds, String(seconds), undefined]);
    // Without a date it is judged by the runner's clock, when the last byte is read.
    const left = at === undefined && seconds > 0 ? 100_000 : seconds;
    const named = chance.in100(90) ? claim : undefined;
    const claims = {
      jti: chance.letters(20),
      exp: chance.in100(80) ? Math.floor((at ?? this.#now()) / 1000) + left : undefined,
      currentOrganizationId: named,
    };
    const token = opaque
      ? chance.letters(chance.pick([20, 48, 900]), 'abcXYZ019-._~+/')
      : jwt(chance, claims);
    const another = () => jwt(chance, { jti: chance.letters(20) });
    const answer = {
      access_token: token,
      token_type: chance.pick(['Bearer', 'bearer', undefined]),
      expires_in: expiresIn,
      // The refresh token is opaque: nothing but its name tells that it is one.
      ...(chance.in100(50) && {
        refresh_token: another().replaceAll('.', '-'),
        id_token: another(),
      }),
      ...(chance.in100(20) && { scope: strangeText(chance) }),
    };
    const byExp = opaque || claims.exp === undefined || at === undefined ? undefined : left;
    const grant: Grant = {
      token,
      organizationId: !opaque && isGuid(named) ? String(named) : undefined,
      lifetime: expiresIn === undefined ? byExp : seconds,
      date: at,
      isOlder: asked.isOlder,
    };
    const status = chance.in100(95) ? 200 : chance.pick([201, 202, 203]);
    const given = JSON.stringify(answer, undefined, chance.pick([0, 2]));
    const outcome = { name: 'token', transient: false };
    const judged =
      token.length > LONGEST_TOKEN
        ? NOT_A_TOKEN
        : this.#judge(asked, opaque || isBlank(named) ? undefined : named);
    const good = judged.length === 0 && { grant };
    return this.#answer(status, given, { ...outcome, titles: judged, ...good }, { date: header });
  }

  /** What must follow from what a token says of its organization. */
  #judge({ organizationId, isOlder }: Asked, named: unknown): FailureTitle[] {
    if (organizationId === undefined) return [];
    if (named === undefined) return isOlder ? ['The organization could not be checked'] : [];
    return String(named).toLowerCase() === organizationId.toLowerCase()
      ? []
      : ['The token is for another organization'];
  }

  /** Something else than a token that is good for what was asked, of that kind or one drawn. */
  badToken(asked: Asked, kind?: string): Answer {
    const chance = this.#chance;
    const text = () => hostileText(chance, this.#plan);
    const no = (name: string, body: string | Buffer, headers = {}) =>
      this.#answer(200, body, { name, transient: false, titles: NOT_A_TOKEN }, headers);
    const token = chance.letters(40);
    const odd = (name: string, fields: object) => no(name, JSON.stringify(fields));
    const kinds: Record<string, () => Answer> = {
      'wrong organization': () => {
        const claim = chance.pick([chance.guid(), text(), 7, { a: text() }]);
        return this.#token(asked, { claim });
      },
      ended: () => {
        const { grant, ...answer } = this.#token(asked, { seconds: chance.pick([0, -60]) });
        // It need not say so.
        if (grant && grant.lifetime === undefined) return { ...answer, titles: undefined, grant };
        return { ...answer, name: 'ended', titles: ['The token has already expired'] };
      },
      'web page': () =>
        no('web page', '<!doctype html><title>Log in</title>', { 'content-type': 'text/html' }),
      refusal: () => this.#refusal(asked, 200),
      compressed: () => no('compressed', chance.letters(90), { 'content-encoding': 'gzip' }),
      'not JSON': () => no('not JSON', `{"access_token": "${token}", `),
      'no object': () => no('no object', JSON.stringify([{ access_token: token }])),
      'not UTF-8': () => no('not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
      empty: () => no('empty', ''),
      'no token': () => odd('no token', { error: chance.pick(['', ' ', {}]), id_token: token }),
      'nested token': () => odd('nested token', { data: { access_token: token } }),
      'odd token': () =>
        odd('odd token', {
          access_token: chance.pick([
            7,
            null,
            [],
            '',
            ' ',
            chance.letters(7),
            `${token}\n${token}`,
            `${token} b`,
            'é'.repeat(9),
          ]),
        }),
      'odd type': () =>
        odd('odd type', {
          access_token: token,
          token_type: chance.pick(['mac', 7, text()]),
        }),
      'long token': () => odd('long token', { access_token: chance.letters(200).repeat(170) }),
      'too large': () => ({
        ...no('too large', ' '.repeat(1_050_000)),
        titles: ['The answer is too large'],
      }),
    };
    const drawn =
      kind ?? (chance.in100(5) ? 'too large' : chance.pick(Object.keys(kinds).slice(0, -1)));
    return (kinds[drawn] as () => Answer)();
  }

  #list(asked: Asked): Answer {
    const { directory, paging, pastEnd } = this.#plan;
    const { page } = asked;
    if (paging === 'endless') return this.#page(this.#endless());
    if (paging === 'refuses parameters' && page !== undefined)
      return this.#refusal(asked, this.#chance.pick([400, 404]));
    const whole = paging === 'ignores' || paging === 'refuses parameters';
    const size = paging === 'own size' ? 3 : PAGE;
    const index = page === undefined ? 0 : page - (paging === 'from 0' ? 0 : 1);
    const last = Math.max(0, Math.ceil(directory.length / size) - 1);
    if (!whole && paging !== 'repeats last' && index > last && pastEnd !== 200)
      return this.#refusal(asked, pastEnd);
    const at = size * (paging === 'repeats last' ? Math.min(index, last) : index);
    const total = directory.length + this.#chance.pick([0, 0, 3]);
    const listed = whole ? directory : directory.slice(at, at + size);
    return this.#page(listed, this.#chance.in100(30) ? total : undefined);
  }

  #endless(): Organization[] {
    return Array.from({ length: ENDLESS_PAGE }, () => {
      const number = String(this.#entries++).padStart(12, '0');
      return { id: `00000000-0000-4000-8000-${number}`, name: `Team ${number}` };
    });
  }

  /** A page with these organizations, and among them some entries that can't be read. */
  #page(organizations: readonly Organization[], total?: number): Answer {
    const [first, ...others] = organizations;
    const odd = first && this.#chance.in100(15) ? ODD_ENTRIES : [];
    const data = first ? [first, ...odd, ...others] : [];
    const listed = organizations.filter(
      ({ name }) => name.trim() !== '' && name.length <= LONGEST_NAME,
    );
    const titles = data.length > 0 && listed.length === 0 ? UNREADABLE : [];
    const outcome = { name: 'list', transient: false, titles, listed, total: total ?? 0 };
    return this.#answer(200, JSON.stringify({ data, total }), outcome);
  }

  #badList(): Answer {
    const chance = this.#chance;
    const entry = () => ({ id: chance.guid(), name: hostileText(chance, this.#plan) });
    if (chance.in100(50)) return this.#page([entry(), entry()]);
    const odd = { data: ODD_ENTRIES };
    const body = chance.pick(['', '{', '[]', '{"data": {}}', '<p>', JSON.stringify(odd)]);
    return this.#answer(200, body, { name: 'not a list', transient: false, titles: UNREADABLE });
  }

  #refusal(asked: Asked, status: number): Answer {
    const chance = this.#chance;
    const headers: Record<string, string> = {};
    const said = [204, 304].includes(status) ? NOTHING : this.#drawSaid();
    let { body } = said;
    const mayAsk = RETRIED.includes(status) || (status >= 500 && status < 600);
    const wait = mayAsk
      ? this.#retryAfter(headers, (told) => {
          body = told;
        })
      : undefined;
    const isAsked = status >= 500 && wait !== undefined && !NEVER_RETRIED.includes(status);
    if (status >= 300 && status < 400 && chance.in100(85)) headers['location'] = this.#location();
    if (chance.in100(5)) headers['content-encoding'] = 'gzip';
    const titles = titlesOf(asked, status, said);
    const isRepeated = body.includes(said.text) && !titles.some((title) => SILENT.includes(title));
    const outcome = {
      name: `HTTP ${status}`,
      transient: RETRIED.includes(status) || isAsked,
      titles,
      wait,
      says: isRepeated ? said.text : undefined,
      listed: titles.length === 0 ? [] : undefined,
    };
    return this.#answer(status, body, outcome, headers);
  }

  /** What a server says of a refusal, in one of the shapes that software gives it. */
  #drawSaid(): Said {
    const chance = this.#chance;
    const token = drawSecret(chance);
    // What the action takes for "expired" are words of the server's.
    const text = () => hostileText(chance, this.#plan).replace(/expired/gi, 'gone');
    const [words, means] = chance.pick(chance.in100(40) ? PLAIN : [...SAYINGS, ...CODES]);
    const [wall, blocks] = chance.pick([...FIREWALLS, ...SAYINGS]);
    const of = (body: object, text = '', means: Said['means'] = {}): Said => {
      const { error } = body as { error?: unknown };
      const isError = typeof error === 'string' ? error.trim() !== '' : error !== undefined;
      return { body: JSON.stringify(body), text, means, isError };
    };
    return chance.pick<() => Said>([
      () => NOTHING,
      () => of({ error: text(), error_description: text() }),
      () => of({ error: `no ${token}`, refresh_token: token }),
      () => of({ message: text(), detail: text(), retry_after: 'x' }),
      () => of({ message: words }, words, means),
      () => of({ error: words }, words, means),
      () => of({ error: { message: words } }, words, means),
      () => ({ ...NOTHING, body: `<html>${text()}</html>` }),
      () => ({ ...NOTHING, body: '<html><title>403 Forbidden</title>nginx</html>' }),
      () => ({ ...NOTHING, body: `<html><title>${wall}</title>`, text: wall, means: blocks }),
      () => ({ ...NOTHING, body: wall, text: wall, means: blocks }),
    ])();
  }

  #location(): string {
    const text = this.#hostileHeader();
    return this.#chance.pick([
      `https://evil.example/?${text}`,
      // A host name ends at one of these.
      `https://${text.replace(/[/?#@:\\]/g, '')}.evil.example/`,
      text,
      '/elsewhere',
      'http://evil.example:99999/',
    ]);
  }

  /** Asks to wait in one of the ways of RFC 9110 or in the body. Returns what it must be then. */
  #retryAfter(
    headers: Record<string, string>,
    tell: (body: string) => void,
  ): (() => number) | undefined {
    const chance = this.#chance;
    const seconds = chance.pick([0, 1, 2, 7, 30, 90, 5000]);
    const asked = () => seconds * 1000;
    const kind = chance.weighted({
      none: 5,
      seconds: 4,
      date: 2,
      old: 1,
      asctime: 1,
      body: 1,
      odd: 1,
      endless: 0.3,
    });
    if (kind === 'none') return undefined;
    if (kind === 'body')
      tell(
        JSON.stringify({
          error: 'Too Many Requests',
          retry_after: chance.pick([seconds, String(seconds)]),
        }),
      );
    if (kind === 'seconds') headers['retry-after'] = String(seconds);
    if (kind === 'body' || kind === 'seconds') return asked;
    if (kind === 'endless') headers['retry-after'] = '99999999999999999999999';
    if (kind === 'endless') return () => 366 * 86_400_000;
    if (kind === 'odd')
      headers['retry-after'] = chance.pick([
        'soon',
        '-1',
        '1.5',
        '1e3',
        'Mon, 99 Foo 2026 00:00:00 GMT',
      ]);
    if (kind === 'odd') return undefined;
    const date = Math.floor((this.#now() + this.#plan.skewMs) / 1000) * 1000;
    const utc = new Date(date + asked()).toUTCString();
    const [day = '', monthDay = '', month = '', year = '', time = ''] = utc.split(/,? /);
    headers['retry-after'] = utc;
    if (kind === 'asctime')
      headers['retry-after'] =
        `${day} ${month} ${String(Number(monthDay)).padStart(2)} ${time} ${year}`;
    // Two digits name no century.
    if (kind === 'old' && year < '2070')
      headers['retry-after'] =
        `${LONG_DAYS[day]}, ${monthDay}-${month}-${year.slice(-2)} ${time} GMT`;
    headers['date'] = new Date(date).toUTCString();
    if (chance.in100(70)) return asked;
    // Without a date of the server's it is the runner's clock that the other date is measured by, when it is read.
    headers['date'] = '';
    return () => Math.max(0, date + asked() - this.#now());
  }
}

const ODD_ENTRIES: readonly unknown[] = [
  null,
  7,
  [],
  { id: 'x', name: 'y' },
  { id: '6c2e7a1e-0d3b-4b0e-9a57-3f1d2c4b5a69', name: ' ' },
  { id: '6c2e7a1e-0d3b-4b0e-9a57-3f1d2c4b5a69', name: 'x'.repeat(LONGEST_NAME + 1) },
  { id: '6c2e7a1e-0d3b-4b0e-9a57-3f1d2c4b5a69' },
];

const LONG_DAYS: Readonly<Record<string, string>> = {
  ...{
    Mon: 'Monday',
    Tue: 'Tuesday',
    Wed: 'Wednesday',
    Thu: 'Thursday',
    Fri: 'Friday',
    Sat: 'Saturday',
    Sun: 'Sunday',
  },
};

/** What a server says of a refusal. */
interface Said {
  readonly body: string;
  /** Words that are repeated. */
  readonly text: string;
  /** What follows from these whatever the status, or with one alone. */
  readonly means: Readonly<Partial<Record<'any' | 403 | 404, FailureTitle>>>;
  /** Whether it is JSON with an `error`: a refusal with a 200, too. */
  readonly isError: boolean;
}
const NOTHING: Said = { body: '', text: '', means: {}, isError: false };

const [EXPIRED, WRONG_KEY] = ['The key has expired', 'Appcircle did not accept the key'] as const;
const NO_ACCESS = 'The key has no access to the organization';
const BLOCKED = 'The request was blocked';
const REJECTED = 'Appcircle rejected the request';
/** The words of a server, and what they mean. */
const SAYINGS: readonly [string, Said['means']][] = [
  ['API key has expired.', { any: EXPIRED }],
  ['The key is invalid or has expired.', {}],
  ['The API key was not found.', { 404: WRONG_KEY }],
  ['There is no such organization.', { 404: NO_ACCESS }],
];
/** Codes, which stand in JSON. */
const CODES: typeof SAYINGS = [
  ['IDX10223: Lifetime validation failed. The token is expired.', { any: EXPIRED }],
  ['invalid_grant: Invalid user credentials', { any: WRONG_KEY }],
  ['unauthorized_client', { any: WRONG_KEY }],
  ['invalid_scope: Invalid scopes: openid profile', { any: REJECTED }],
];
/** Those that mean nothing in JSON. */
const PLAIN: typeof SAYINGS = ['Your subscription has expired.', ...plainTexts]
  .filter((text) => !/^(invalid|unauthorized|unsupported)_|not found/.test(text))
  .map((text) => [text, {}]);
/** In a page or as plain text. */
const FIREWALLS: typeof SAYINGS = [
  'Error 1020: Access denied. Ray ID: 8f1a2b3c4d5e6f70',
  'The requested URL was rejected. Please consult with your administrator. Support ID: 1234567890123',
  'ERR_ACCESS_DENIED 0',
].map((text) => [text, { 403: BLOCKED }]);

const RETRIED = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530];
const NEVER_RETRIED = [511, 525, 526];
const TOO_OLD = 'The server is too old for sub-organizations';
/** Failures that repeat nothing of the server's. */
const SILENT: readonly FailureTitle[] = [
  'The server answered with a redirect',
  'The proxy refused the connection',
  TOO_OLD,
  ...NOT_A_TOKEN,
  ...UNREADABLE,
];

/** What a run may end with after a refusal; nothing where it goes on. */
function titlesOf(asked: Asked, status: number, { means, isError }: Said): FailureTitle[] {
  if (status === 407 && asked.proxied) return ['The proxy refused the connection'];
  if (status > 300 && status < 400 && status !== 304)
    return ['The server answered with a redirect'];
  if (status === 429) return ['Appcircle is throttling requests'];
  if (status === 511) return [BLOCKED];
  if (status >= 500 || RETRIED.includes(status)) return ['Appcircle has a server error'];
  if (asked.kind === 'list') {
    if (endsList(asked, status)) return [];
    if (status === 403 && means[403]) return [means[403]];
    return status === 401 || status === 403
      ? ['Not allowed to list organizations']
      : [...UNREADABLE];
  }
  if (status < 400 && !isError) return [...NOT_A_TOKEN];
  if (status === 405) return missingPath(asked);
  if (means.any) return [means.any];
  if (status === 401) return [WRONG_KEY];
  if (status === 403) return [means[403] ?? NO_ACCESS];
  if (status === 404) return means[404] ? [means[404]] : missingPath(asked);
  return [REJECTED];
}

function missingPath({ isLast, isOlder, organizationId }: Asked): FailureTitle[] {
  if (!isLast) return [];
  return isOlder && organizationId ? [TOO_OLD] : ['No token service at this address'];
}

/** Whether there is no such page, which is no failure. */
function endsList({ page }: Asked, status: number): boolean {
  return status === 204 || (page !== undefined && [400, 404].includes(status));
}

/** As headers can hold it: bytes of Latin-1, no line ends. */
function encodeHeader(text: string): string {
  return Buffer.from(text.replace(/\p{Cc}/gu, ' ')).toString('latin1');
}

function jwt(chance: Chance, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: chance.letters(4) })}.${part(claims)}.${chance.letters(43)}`;
}

/** The tokens of an answer to a request for one. Shorter ones, and more than one line, are none. */
export function tokensIn({ body }: Answer): string[] {
  const { access_token, refresh_token, id_token } = fieldsOf(body.toString());
  return [access_token, refresh_token, id_token].filter(isToken);
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^\S.{6,}\S$/.test(value);
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}

/** Whether a claim says nothing. */
function isBlank(claim: unknown): boolean {
  return claim === undefined || (typeof claim === 'string' && claim.trim() === '');
}

function isGuid(value: unknown): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(String(value));
}
