import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Endpoints } from './appcircle/client.ts';
import type { Credential } from './appcircle/credentials.ts';
import { LONGEST_TIMEOUT_SECONDS } from './base/deadline.ts';
import { codeOf } from './base/errors.ts';
import { Failure } from './base/failure.ts';
import { isGuid } from './base/guid.ts';
import { joined, type Message, message } from './base/message.ts';
import { type Instant, parseInstant } from './base/time.ts';
import { isLoopback } from './http/loopback.ts';

/** Masked before anything else. */
export const secretInputs = ['api-key-secret', 'personal-access-key'] as const;

/** RFC 1035, 2.3.4, without the final dot. */
const LONGEST_HOST_NAME = 253;

export const cloud = {
  authEndpoint: 'https://auth.appcircle.io',
  apiEndpoint: 'https://api.appcircle.io',
} as const;

const MOST_DAYS = 366;
const LARGEST_PEM = 1024 * 1024;
/** Broken PEM text, or a key in Base64. */
const MAY_BE_KEY = /\n|[A-Za-z\d+]{24}/;
const ONE_CREDENTIAL = message`Give one credential: api-key-name with api-key-secret, or personal-access-key.`;

export type SubOrganization = { readonly id: string } | { readonly name: string };

export type SummaryMode = 'auto' | 'always' | 'never';

/** What the workflow asks for, checked. Nothing past this reads an input. */
export interface Settings extends Endpoints {
  readonly credential: Credential;
  readonly subOrganization: SubOrganization | undefined;
  readonly keyExpiresOn: Instant | undefined;
  readonly expiryWarningDays: number;
  readonly expiryFailureDays: number | undefined;
  readonly exportEnv: boolean;
  readonly configureCli: boolean;
  readonly summary: SummaryMode;
  readonly selfHosted: boolean;
  /** PEM text. */
  readonly caCertificate: string | undefined;
  readonly timeoutMs: number;
}

/**
 * Reads and checks every input.
 * @param input an input as it came; empty if unset
 * @throws Failure that names all invalid inputs, with their values and what is allowed
 */
export function readSettings(input: (name: string) => string): Settings {
  const inputs = new Inputs(input);
  const credential = inputs.credential();
  const insecure = inputs.boolean('allow-insecure-http', false);
  const authEndpoint = inputs.endpoint('auth-endpoint', cloud.authEndpoint, insecure);
  const apiEndpoint = inputs.endpoint('api-endpoint', cloud.apiEndpoint, insecure);
  const settings = {
    subOrganization: inputs.subOrganization(),
    keyExpiresOn: inputs.instant('key-expires-on'),
    expiryWarningDays: inputs.days('expiry-warning-days') ?? 14,
    expiryFailureDays: inputs.days('expiry-failure-days'),
    exportEnv: inputs.boolean('export-env', true),
    configureCli: inputs.boolean('configure-cli', false),
    summary: inputs.oneOf<SummaryMode>('summary', ['auto', 'always', 'never']),
    authEndpoint,
    apiEndpoint,
    selfHosted: authEndpoint !== cloud.authEndpoint || apiEndpoint !== cloud.apiEndpoint,
    caCertificate: inputs.certificates('ca-certificate'),
    timeoutMs: 1000 * inputs.seconds('timeout-seconds', 60, LONGEST_TIMEOUT_SECONDS),
  };
  inputs.sameServer(settings);
  const failure = inputs.failure();
  if (failure || !credential) throw failure;
  return { ...settings, credential };
}

/** Collects all problems, so that they can be fixed at once. */
class Inputs {
  readonly #input: (name: string) => string;
  readonly #problems: Message[] = [];
  readonly #invalid = new Set<string>();

  constructor(input: (name: string) => string) {
    this.#input = (name) => input(name).trim();
  }

  failure(): Failure | undefined {
    const { size } = this.#invalid;
    if (size === 0) return undefined;
    const missing = ![...secretInputs, 'api-key-name'].some((name) => this.#input(name));
    return new Failure(
      missing ? 'No Appcircle credential' : 'Invalid inputs',
      joined(this.#problems),
      missing
        ? message`If these inputs come from secrets, check the secrets' names: GitHub gives a secret that does not exist as empty text. Pull requests from forks get no secrets, and Dependabot runs see only Dependabot secrets.`
        : message`Correct ${size === 1 ? message`this input` : message`these ${size} inputs`} in the step's "with:". Nothing was sent.`,
    );
  }

  credential(): Credential | undefined {
    const name = this.#input('api-key-name');
    const secret = this.#input('api-key-secret');
    const key = this.#input('personal-access-key');
    const [given, empty] = name
      ? ['api-key-name', 'api-key-secret']
      : ['api-key-secret', 'api-key-name'];
    if (key && (name || secret)) {
      const names = ['personal-access-key', given];
      this.#problem(
        names,
        message`personal-access-key and ${given} are both set. ${ONE_CREDENTIAL}`,
      );
    } else if (key) {
      return { type: 'personal-access-key', key };
    } else if (name && secret) {
      return { type: 'api-key', name, secret };
    } else if (name || secret) {
      this.#problem(
        [empty],
        message`${empty} is empty, but ${given} is set: an API key needs both.`,
      );
    } else {
      const all = message`api-key-name, api-key-secret and personal-access-key are all empty.`;
      this.#problem(secretInputs, message`${all} ${ONE_CREDENTIAL}`);
    }
    return undefined;
  }

  subOrganization(): SubOrganization | undefined {
    const text = this.#input('sub-organization');
    return text === '' ? undefined : isGuid(text) ? { id: text } : { name: text };
  }

  instant(name: string): Instant | undefined {
    const text = this.#input(name);
    if (text === '') return undefined;
    const instant = parseInstant(text);
    if (instant === undefined)
      this.#wrong(
        name,
        message`an existing day as YYYY-MM-DD, or an ISO 8601 date-time with an offset such as 2026-11-30T09:00:00+03:00, up to the year 9999 in UTC`,
      );
    return instant;
  }

  days(name: string): number | undefined {
    return this.#number(
      name,
      /^\d{1,9}$/,
      [0, MOST_DAYS],
      message`a whole number from 0 to ${MOST_DAYS}`,
    );
  }

  seconds(name: string, otherwise: number, most: number): number {
    const allowed = message`a number of seconds from 1 to ${most}`;
    return this.#number(name, /^\d{1,9}(\.\d{1,9})?$/, [1, most], allowed) ?? otherwise;
  }

  #number(
    name: string,
    form: RegExp,
    [least, most]: [number, number],
    allowed: Message,
  ): number | undefined {
    const text = this.#input(name);
    if (form.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    if (text !== '') this.#wrong(name, allowed);
    return undefined;
  }

  /** YAML 1.2, as `getBooleanInput` of @actions/core reads it. */
  boolean(name: string, otherwise: boolean): boolean {
    const text = this.#input(name);
    if (['true', 'True', 'TRUE'].includes(text)) return true;
    if (['false', 'False', 'FALSE'].includes(text)) return false;
    if (text !== '') this.#wrong(name, message`true or false`);
    return otherwise;
  }

  /** The first word is the default. */
  oneOf<Word extends string>(name: string, allowed: readonly [Word, ...Word[]]): Word {
    const text = this.#input(name);
    const word = allowed.find((candidate) => candidate === text);
    if (word === undefined && text !== '') this.#wrong(name, message`one of ${allowed.join(', ')}`);
    return word ?? allowed[0];
  }

  /** Empty if invalid. */
  endpoint(name: string, otherwise: string, insecure: boolean): string {
    const text = this.#input(name);
    if (text === '') return otherwise;
    const url = URL.parse(text);
    const isServer =
      url && ['https:', 'http:'].includes(url.protocol) && url.hostname.length <= LONGEST_HOST_NAME;
    if (isServer ? url.username || url.password : text.includes('@')) {
      // Not repeated: it may be a password.
      this.#problem(
        [name],
        message`${name} holds a user name or a password. Give the URL without them.`,
      );
    } else if (!isServer) {
      this.#wrong(name, message`the base URL of a server, such as https://auth.example.com`);
    } else if (url.search || url.hash) {
      this.#wrong(name, message`a base URL without "?" or "#"`);
    } else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !insecure) {
      this.#wrong(
        name,
        message`an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted`,
      );
    } else {
      return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    }
    return '';
  }

  certificates(name: string): string | undefined {
    const text = this.#input(name);
    if (text === '') return undefined;
    const given = text.includes('-----BEGIN');
    const pem = given ? text : this.#pemFile(name, text);
    if (pem === undefined) return undefined;
    const certificates =
      pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
      this.#problem(
        [name],
        message`${name} holds a private key. Give the certificates alone, and replace the key if it is in a repository.`,
      );
    } else if (certificates.length === 0 || !certificates.every(isCertificate)) {
      const what = given ? message`the text` : message`the file ${text}`;
      this.#problem(
        [name],
        message`${name}: ${what} is not a PEM certificate. Give one or more blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.`,
      );
    } else {
      return certificates.join('\n');
    }
    return undefined;
  }

  #pemFile(name: string, path: string): string | undefined {
    try {
      // A device or a pipe may have no end.
      const stat = statSync(path);
      if (stat.size > LARGEST_PEM || !(stat.isFile() || stat.isDirectory()))
        throw new Error('no file of certificates');
      return readFileSync(path, 'utf8');
    } catch (error) {
      const allowed = message`PEM text, or the path of a PEM file that can be read (${codeOf(error) || 'not readable'})`;
      if (MAY_BE_KEY.test(path)) this.#problem([name], message`${name} must be ${allowed}.`);
      else this.#wrong(name, allowed);
      return undefined;
    }
  }

  /** Asks for both endpoints of a self-hosted server once both are used: with one, the key or the token would go to Appcircle cloud. */
  sameServer({
    authEndpoint,
    apiEndpoint,
    subOrganization,
    configureCli,
  }: Omit<Settings, 'credential'>): void {
    const [ownAuth, ownApi] = [
      authEndpoint !== cloud.authEndpoint,
      apiEndpoint !== cloud.apiEndpoint,
    ];
    const byName = subOrganization !== undefined && 'name' in subOrganization;
    if (ownAuth === ownApi || (ownAuth && !byName && !configureCli)) return;
    const [missing, own] = ownAuth
      ? ['api-endpoint', 'auth-endpoint']
      : ['auth-endpoint', 'api-endpoint'];
    const use = byName
      ? message`a sub-organization's name is looked up there`
      : message`configure-cli uses both`;
    const why = ownAuth ? use : message`otherwise the key is sent to Appcircle cloud`;
    this.#problem(
      [missing],
      message`${missing} is Appcircle cloud's, but ${own} names a server of your own. Give both: ${why}.`,
    );
  }

  #wrong(name: string, allowed: Message): void {
    this.#problem([name], message`${name} is "${this.#input(name)}". It must be ${allowed}.`);
  }

  #problem(names: readonly string[], sentence: Message): void {
    for (const name of names) this.#invalid.add(name);
    this.#problems.push(sentence);
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem) !== undefined;
  } catch {
    return false;
  }
}
