import type { Chance } from './chance.ts';
import type { Organization } from './plan.ts';
import { drawSecret, hostileText } from './texts.ts';
import type { World } from './world.ts';

/** What a request asks for, as a server reads it. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly route: 'direct' | 'proxy' | 'tunnel';
  /** The sub-organization of a request for a token. */
  readonly organizationId: string | undefined;
  /** Whether it is for an older server. */
  readonly isOlder: boolean;
}

export interface Answer {
  readonly name: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  /** Whether it is what was asked for. */
  readonly isGood?: boolean;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly grant?: Grant;
}

/** A token, and what is told of it. */
export interface Grant {
  readonly token: string;
  /** The organization that it names. */
  readonly claim: string | undefined;
  /** Seconds. */
  readonly lifetime: number;
  /** What the answer has as its date. */
  readonly date: number | 'none';
}

const REFUSALS = [
  ...[302, 307, 400, 401, 403, 404, 404, 405, 408, 418, 421, 425, 429],
  ...[500, 501, 502, 503, 504, 511, 520, 521, 522, 523, 524, 525, 526, 530],
];
const SAYINGS = [
  'API key has expired.',
  'The API key was not found.',
  'There is no such organization.',
  'invalid_grant: Invalid user credentials',
  'Error 1020: Access denied. Ray ID: 8f1a2b3c4d5e6f70',
];
const BAD_TOKENS = ['wrong organization', 'ended', 'web page', 'refusal', 'odd token', 'too large'];
const UNREADABLE_ENTRIES: readonly unknown[] = [null, { id: 'x', name: 'y' }];
const PAGE = 3;

/** Draws answers to requests. */
export class Answers {
  readonly #world: World;
  readonly #chance: Chance;

  constructor(world: World) {
    this.#world = world;
    this.#chance = world.chance;
  }

  good(asked: Asked): Answer {
    const answer = asked.method === 'GET' ? this.#list(asked) : this.#token(asked);
    return { ...answer, isGood: true };
  }

  /** An answer that is not what was asked for. */
  bad(asked: Asked): Answer {
    if (this.#chance.in100(80)) return this.refusal(this.#chance.pick(REFUSALS));
    return asked.method === 'GET' ? this.#badList() : this.badToken(asked);
  }

  #answer(
    name: string,
    status: number,
    body: string,
    date = this.#drawDate(),
    headers: Record<string, string> = {},
  ): Answer {
    const all: Record<string, string> = { 'content-type': 'application/json', ...headers };
    if (date !== 'none') all['date'] = new Date(date).toUTCString();
    if (this.#chance.in100(10)) all['x-request-id'] = this.#hostileHeader();
    return { name, status, headers: all, body: Buffer.from(body) };
  }

  /** The time by the server's clock, in most answers. */
  #drawDate(): number | 'none' {
    return this.#chance.in100(10) ? 'none' : this.#serverTime();
  }

  #serverTime(): number {
    const { now, plan } = this.#world;
    return Math.floor((now() + plan.skewMs) / 1000) * 1000;
  }

  /** As headers can hold it: bytes of Latin-1, no line ends. */
  #hostileHeader(): string {
    const text = hostileText(this.#chance, this.#world).replace(/\p{Cc}/gu, ' ');
    return text.length < 20_000 ? Buffer.from(text).toString('latin1') : 'long';
  }

  #token(
    asked: Asked,
    {
      claim = this.#chance.pick([asked.organizationId, asked.organizationId?.toUpperCase()]),
      lifetime = this.#chance.pick([3600, 14_400]),
    } = {},
  ): Answer {
    const chance = this.#chance;
    const date = this.#drawDate();
    const issued = date === 'none' ? this.#world.now() : date;
    const exp = Math.floor(issued / 1000) + lifetime;
    const isOpaque = chance.in100(asked.isOlder ? 60 : 15);
    const named = chance.in100(90) && !isOpaque ? claim : undefined;
    const token = isOpaque
      ? chance.letters(chance.pick([20, 900]), 'abcXYZ019-._~+/')
      : jwt(chance, { jti: chance.letters(20), exp, currentOrganizationId: named });
    const body = {
      access_token: token,
      expires_in: isOpaque || chance.in100(60) ? lifetime : undefined,
      // The refresh token is opaque: nothing but its name tells that it is one.
      refresh_token: jwt(chance, { jti: chance.letters(20) }).replaceAll('.', '-'),
      id_token: jwt(chance, { jti: chance.letters(20) }),
    };
    return {
      ...this.#answer('token', chance.pick([200, 200, 201]), JSON.stringify(body), date),
      grant: { token, claim: named, lifetime, date },
    };
  }

  /** Something else than a token that is good for what was asked, of that kind or one drawn. */
  badToken(asked: Asked, kind = this.#chance.pick(BAD_TOKENS)): Answer {
    const chance = this.#chance;
    if (kind === 'wrong organization')
      return this.#token(asked, { claim: chance.pick([chance.guid(), this.#text()]) });
    if (kind === 'ended') return this.#token(asked, { lifetime: chance.pick([0, -60]) });
    if (kind === 'web page') return this.#answer(kind, 200, '<!doctype html><title>Log in</title>');
    if (kind === 'refusal') return this.refusal(200);
    if (kind === 'too large') return this.#answer(kind, 200, ' '.repeat(1_050_000));
    const token = chance.letters(40);
    const odd = chance.pick([7, chance.letters(7), `${token}\n${token}`, `${token} b`]);
    const id_token = chance.pick([token, ` ${token}`, `${token}\t`]);
    return this.#answer(kind, 200, JSON.stringify({ access_token: odd, id_token }));
  }

  #list({ url }: Asked): Answer {
    const { directory, paging } = this.#world.plan;
    const page = url.searchParams.get('page');
    if (paging === 'refuses parameters' && page) return this.refusal(400);
    if (paging !== 'pages') return this.#page(directory);
    const listed = directory.slice((Number(page) - 1) * PAGE).slice(0, PAGE);
    const isPastEnd = listed.length === 0 && this.#chance.in100(50);
    return isPastEnd ? this.refusal(404) : this.#page(listed);
  }

  /** A page with these organizations, and among them some entries that can't be read. */
  #page(organizations: readonly Organization[]): Answer {
    const odd = organizations.length > 0 && this.#chance.in100(15) ? UNREADABLE_ENTRIES : [];
    return this.#answer('list', 200, JSON.stringify({ data: [...odd, ...organizations] }));
  }

  #badList(): Answer {
    const hostile = { id: this.#chance.guid(), name: this.#text() };
    const data = this.#chance.pick([[hostile], UNREADABLE_ENTRIES]);
    return this.#answer('odd list', 200, JSON.stringify({ data }));
  }

  refusal(status: number): Answer {
    const chance = this.#chance;
    const headers: Record<string, string> = {};
    if (status === 302 || status === 307) headers['location'] = this.#location();
    const date = this.#serverTime();
    const seconds = chance.in100(40) ? chance.pick([1, 7, 90, 5000]) : undefined;
    if (seconds !== undefined) {
      const until = new Date(date + seconds * 1000).toUTCString();
      headers['retry-after'] = chance.pick([String(seconds), until]);
    }
    const answer = this.#answer(`HTTP ${status}`, status, this.#drawSaid(), date, headers);
    return seconds === undefined ? answer : { ...answer, retryAfterMs: seconds * 1000 };
  }

  /** What a server says of a refusal, in one of the shapes that software gives it. */
  #drawSaid(): string {
    const chance = this.#chance;
    const token = drawSecret(chance);
    const words = chance.pick(SAYINGS);
    return chance.pick([
      () => '',
      () => JSON.stringify({ error: this.#text(), error_description: this.#text() }),
      () => JSON.stringify({ error: `no ${token}`, refresh_token: token }),
      () => JSON.stringify({ message: words }),
      () => `<html><title>${words}</title>${this.#text()}</html>`,
    ])();
  }

  #location(): string {
    const text = this.#hostileHeader();
    return this.#chance.pick([
      `https://evil.example/?${text}`,
      // A host name ends at one of these.
      `https://${text.replace(/[/?#@:\\]/g, '')}.evil.example/`,
      '/elsewhere',
    ]);
  }

  #text(): string {
    return hostileText(this.#chance, this.#world);
  }
}

function jwt(chance: Chance, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: chance.letters(4) })}.${part(claims)}.${chance.letters(43)}`;
}

/** The tokens in an answer that must be masked. */
export function tokensIn({ body }: Answer): string[] {
  const { access_token, refresh_token, id_token } = fieldsOf(body.toString());
  return [access_token, refresh_token, id_token].filter(isToken);
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.trim().length >= 8 && !/[\r\n]/.test(value);
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}
