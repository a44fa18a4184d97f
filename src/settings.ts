import type { Endpoints } from './appcircle/client.ts';
import type { Credential } from './appcircle/credentials.ts';
import { LONGEST_TIMEOUT_SECONDS } from './base/deadline.ts';
import { Failure } from './base/failure.ts';
import { isGuid } from './base/guid.ts';
import { joined, type Message, message } from './base/message.ts';
import { withoutInvisible } from './base/text.ts';
import { type Instant, parseInstant } from './base/time.ts';
import { isLoopback } from './http/loopback.ts';
import { readCertificates } from './http/pem.ts';

/** Masked before anything else. */
export const secretInputs = ['api-key-secret', 'personal-access-key'] as const;

/** RFC 1035, 2.3.4, without the final dot. */
const LONGEST_HOST_NAME = 253;

export const cloud = {
  authEndpoint: 'https://auth.appcircle.io',
  apiEndpoint: 'https://api.appcircle.io',
} as const;

const MOST_DAYS = 366;
const OTHER_HYPHEN = /[\u2010-\u2015\u2212\ufe63\uff0d]/;
const ONE_CREDENTIAL = message`Give one credential: api-key-name with api-key-secret, or personal-access-key.`;
const WHY_EMPTY = message`GitHub passes a missing secret or variable as empty text. Check that one of that name exists, that the job names the environment it belongs to, and that the caller of a reusable workflow passes it. Pull requests from forks get neither secrets nor variables. Dependabot runs get variables, but only Dependabot's secrets.`;

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
    selfHosted: authEndpoint !== cloud.authEndpoint || apiEndpoint !== cloud.apiEndpoint,
    caCertificate: inputs.certificates('ca-certificate'),
    timeoutMs: 1000 * inputs.seconds('timeout-seconds', 60, LONGEST_TIMEOUT_SECONDS),
  };
  inputs.sameServer(authEndpoint, apiEndpoint, settings);
  const failure = inputs.failure();
  if (failure || !credential || !authEndpoint || !apiEndpoint) throw failure;
  return { ...settings, credential, authEndpoint, apiEndpoint };
}

/** Collects all problems, so that they can be fixed at once. */
class Inputs {
  readonly #input: (name: string) => string;
  readonly #problems: Message[] = [];
  readonly #invalid = new Set<string>();
  #isCredentialMissing = false;

  constructor(input: (name: string) => string) {
    this.#input = (name) => input(name).trim();
  }

  failure(): Failure | undefined {
    const { size } = this.#invalid;
    const isMissing = this.#isCredentialMissing;
    const reason = joined(this.#problems);
    if (size === 0 && !isMissing) return undefined;
    if (size === 0)
      return new Failure(
        'No Appcircle credential',
        reason,
        message`${WHY_EMPTY} Nothing was sent.`,
      );
    const these = size === 1 ? message`this input` : message`these ${size} inputs`;
    const correct = message`Correct ${these} in the step's "with:". Nothing was sent.`;
    return new Failure(
      'Invalid inputs',
      reason,
      isMissing ? message`${correct} ${WHY_EMPTY}` : correct,
    );
  }

  credential(): Credential | undefined {
    const name = this.#input('api-key-name');
    const secret = this.#input('api-key-secret');
    const key = this.#input('personal-access-key');
    const given = name ? 'api-key-name' : 'api-key-secret';
    if (key && (name || secret)) {
      return this.#problem(
        ['personal-access-key', given],
        message`personal-access-key and ${given} are both set. ${ONE_CREDENTIAL}`,
      );
    }
    if (key) return { type: 'personal-access-key', key };
    if (name && secret) return { type: 'api-key', name, secret };
    this.#isCredentialMissing = true;
    const empty = name ? 'api-key-secret' : 'api-key-name';
    const problem =
      name || secret
        ? message`${empty} is empty, but ${given} is set: an API key needs both.`
        : message`api-key-name, api-key-secret and personal-access-key are all empty. ${ONE_CREDENTIAL}`;
    return this.#problem([], problem);
  }

  subOrganization(): SubOrganization | undefined {
    const text = this.#input('sub-organization');
    if (text === '') return undefined;
    return isGuid(text) ? { id: text } : { name: text };
  }

  instant(name: string): Instant | undefined {
    const text = this.#visible(name);
    if (text === '') return undefined;
    const instant = parseInstant(text);
    if (instant !== undefined) return instant;
    const allowed = OTHER_HYPHEN.test(text)
      ? message`written with "-", not with another hyphen`
      : message`a date such as 2026-11-30, or a time with an offset such as 2026-11-30T09:00:00+03:00`;
    return this.#wrong(name, allowed);
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
    const text = this.#visible(name);
    if (form.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    if (text !== '') this.#wrong(name, allowed);
    return undefined;
  }

  /** YAML 1.2, as `getBooleanInput` of @actions/core reads it. */
  boolean(name: string, otherwise: boolean): boolean {
    const text = this.#visible(name);
    if (['true', 'True', 'TRUE'].includes(text)) return true;
    if (['false', 'False', 'FALSE'].includes(text)) return false;
    if (text !== '') this.#wrong(name, message`true or false`);
    return otherwise;
  }

  /** The first word is the default. */
  oneOf<Word extends string>(name: string, allowed: readonly [Word, ...Word[]]): Word {
    const text = this.#visible(name);
    const word = allowed.find((candidate) => candidate === text);
    if (word === undefined && text !== '') this.#wrong(name, message`one of ${allowed.join(', ')}`);
    return word ?? allowed[0];
  }

  /** `undefined` if invalid. */
  endpoint(name: string, otherwise: string, insecure: boolean): string | undefined {
    const text = this.#visible(name);
    if (text === '') return otherwise;
    const url = parseServer(text);
    if (url?.username || url?.password || (!url && text.includes('@'))) {
      // Not repeated: it may be a password.
      const problem = message`${name} holds a user name or a password. Give the URL without them.`;
      return this.#problem([name], problem);
    }
    if (!url) {
      const example = `https://${name.replace('-endpoint', '')}.example.com`;
      return this.#wrong(name, message`the base URL of a server, such as ${example}`);
    }
    if (url.search || url.hash) return this.#wrong(name, message`a base URL without "?" or "#"`);
    if (url.protocol === 'http:' && !isLoopback(url.hostname) && !insecure) {
      return this.#wrong(
        name,
        message`an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted`,
      );
    }
    // Without the look behind, this takes time by the square of the slashes in a row.
    return url.origin + url.pathname.replace(/(?<!\/)\/+$/, '');
  }

  certificates(name: string): string | undefined {
    const text = this.#input(name);
    if (text === '') return undefined;
    const certificates = readCertificates(name, text);
    if (typeof certificates === 'string') return certificates;
    return this.#problem([name], certificates);
  }

  /** Asks for both endpoints of a self-hosted server once both are used: with one, the key or the token would go to Appcircle cloud. */
  sameServer(
    authEndpoint: string | undefined,
    apiEndpoint: string | undefined,
    { subOrganization, configureCli }: Pick<Settings, 'subOrganization' | 'configureCli'>,
  ): void {
    const isOwnAuth = authEndpoint !== cloud.authEndpoint;
    const isOwnApi = apiEndpoint !== cloud.apiEndpoint;
    const isByName = subOrganization !== undefined && 'name' in subOrganization;
    if (isOwnApi && !isOwnAuth) {
      this.#problem(
        ['auth-endpoint'],
        message`api-endpoint is your own server, but auth-endpoint is not set. Set it too: otherwise the key is sent to Appcircle cloud.`,
      );
    }
    if (isOwnAuth && !isOwnApi && (isByName || configureCli)) {
      const use = isByName
        ? message`a sub-organization's name is looked up there`
        : message`configure-cli uses both`;
      this.#problem(
        ['api-endpoint'],
        message`auth-endpoint is your own server, but api-endpoint is not set. Set it too: ${use}.`,
      );
    }
  }

  /** An input in which nothing that can't be seen counts. */
  #visible(name: string): string {
    return withoutInvisible(this.#input(name)).trim();
  }

  #wrong(name: string, allowed: Message): undefined {
    this.#problem([name], message`${name} is "${this.#visible(name)}". It must be ${allowed}.`);
  }

  #problem(names: readonly string[], sentence: Message): undefined {
    for (const name of names) this.#invalid.add(name);
    this.#problems.push(sentence);
  }
}

/** The URL of a web server, without the dot that may end a host's name in DNS: certificates don't have it. */
function parseServer(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol)) return undefined;
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.hostname.length <= LONGEST_HOST_NAME ? url : undefined;
}
