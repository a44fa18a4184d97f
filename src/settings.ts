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
import { DEFAULT_WARNING_DAYS } from './key-expiry.ts';

/** Masked before anything else. */
export const secretInputs = ['api-key-secret', 'personal-access-key'] as const;

/** RFC 1035, 2.3.4, without the final dot. */
const LONGEST_HOST_NAME = 253;

export const cloud = {
  authEndpoint: 'https://auth.appcircle.io',
  apiEndpoint: 'https://api.appcircle.io',
} as const;

const SUMMARY_MODES = ['auto', 'always', 'never'] as const;
const MOST_DAYS = 366;
const OTHER_HYPHEN = /[\u2010-\u2015\u2212\ufe63\uff0d]/;
const ONE_CREDENTIAL = message`Give one credential: api-key-name with api-key-secret, or personal-access-key.`;
const WHY_EMPTY = message`GitHub passes a missing secret or variable as empty text. Check that one of that name exists, that the job names the environment it belongs to, and that the caller of a reusable workflow passes it. Pull requests from forks get neither secrets nor variables. Dependabot runs get variables, but only Dependabot's secrets.`;

export type SubOrganization = { readonly id: string } | { readonly name: string };

type SummaryMode = (typeof SUMMARY_MODES)[number];

/** What the workflow asks for, checked. */
export interface Settings extends Endpoints {
  readonly credential: Credential;
  readonly subOrganization: SubOrganization | undefined;
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
  const allowHttp = inputs.boolean('allow-insecure-http') ?? false;
  const authEndpoint = inputs.endpoint('auth-endpoint', cloud.authEndpoint, allowHttp);
  const apiEndpoint = inputs.endpoint('api-endpoint', cloud.apiEndpoint, allowHttp);
  const expiresOn = inputs.instant('key-expires-on');
  const settings = {
    subOrganization: inputs.subOrganization(),
    expiryWarningDays: inputs.days('expiry-warning-days') ?? DEFAULT_WARNING_DAYS,
    expiryFailureDays: inputs.days('expiry-failure-days'),
    exportEnv: inputs.boolean('export-env') ?? true,
    configureCli: inputs.boolean('configure-cli') ?? false,
    summary: inputs.summary() ?? 'auto',
    selfHosted: authEndpoint !== cloud.authEndpoint || apiEndpoint !== cloud.apiEndpoint,
    caCertificate: inputs.certificates('ca-certificate'),
    timeoutMs: 1000 * (inputs.seconds('timeout-seconds') ?? 60),
  };
  inputs.checkSameServer(authEndpoint, apiEndpoint, useOfApi(settings));
  const failure = inputs.failure();
  // Of what is undefined here, the failure says why.
  if (failure || !credential || !authEndpoint || !apiEndpoint) throw failure;
  return { ...settings, credential: { ...credential, expiresOn }, authEndpoint, apiEndpoint };
}

/** Drops what can't be seen, and blanks at the ends. */
export function visible(input: string): string {
  return withoutInvisible(input).trim();
}

/** Whether an input says false, whatever is wrong with others. */
export function isFalse(input: string): boolean {
  return parseBoolean(visible(input)) === false;
}

/**
 * Reads inputs and collects all problems, so that they can be fixed at once. For an invalid input, a method notes the problem and returns
 * `undefined`, as it does for an empty one.
 */
class Inputs {
  readonly #input: (name: string) => string;
  readonly #problems: Message[] = [];
  /** The names of invalid inputs. */
  readonly #invalid = new Set<string>();
  #isCredentialMissing = false;

  constructor(input: (name: string) => string) {
    this.#input = (name) => input(name).trim();
  }

  failure(): Failure | undefined {
    if (this.#problems.length === 0) return undefined;
    const reason = joined(this.#problems);
    if (this.#invalid.size > 0) {
      const list = { items: this.#problems };
      return new Failure('Invalid inputs', reason, this.#correction(), { list });
    }
    const remedy = message`${WHY_EMPTY} Nothing was sent.`;
    return new Failure('No Appcircle credential', reason, remedy);
  }

  #correction(): Message {
    const { size } = this.#invalid;
    const these = size === 1 ? message`this input` : message`these ${size} inputs`;
    const correct = message`Correct ${these} in the step's "with:". Nothing was sent.`;
    if (!this.#isCredentialMissing) return correct;
    return message`${correct} ${WHY_EMPTY}`;
  }

  credential(): Credential | undefined {
    const name = this.#input('api-key-name');
    const secret = this.#input('api-key-secret');
    const key = this.#input('personal-access-key');
    if (key && name) return this.#twoCredentials('api-key-name');
    if (key && secret) return this.#twoCredentials('api-key-secret');
    if (key) return { type: 'personal-access-key', key };
    if (name && secret) return { type: 'api-key', name, secret };
    if (name) return this.#missingCredential(halfOfKey('api-key-name', 'api-key-secret'));
    if (secret) return this.#missingCredential(halfOfKey('api-key-secret', 'api-key-name'));
    return this.#missingCredential(
      message`api-key-name, api-key-secret and personal-access-key are all empty. ${ONE_CREDENTIAL}`,
    );
  }

  #twoCredentials(given: string): undefined {
    this.#problem(
      ['personal-access-key', given],
      message`personal-access-key and ${given} are both set. ${ONE_CREDENTIAL}`,
    );
  }

  /** Names no input to correct: the workflow may be right, and the secret missing. */
  #missingCredential(sentence: Message): undefined {
    this.#isCredentialMissing = true;
    this.#problem([], sentence);
  }

  /** A GUID, in braces or not, or a name. */
  subOrganization(): SubOrganization | undefined {
    const text = this.#input('sub-organization');
    if (text === '') return undefined;
    const id = withoutInvisible(text).replace(/^\{|\}$/g, '');
    return isGuid(id) ? { id } : { name: text };
  }

  certificates(name: string): string | undefined {
    const text = this.#input(name);
    if (text === '') return undefined;
    const certificates = readCertificates(name, text);
    if (typeof certificates === 'string') return certificates;
    return this.#problem([name], certificates);
  }

  boolean(name: string): boolean | undefined {
    return this.#parsed(name, parseBoolean, message`true or false`);
  }

  summary(): SummaryMode | undefined {
    const parse = (text: string) => SUMMARY_MODES.find((mode) => mode === text);
    return this.#parsed('summary', parse, message`one of ${SUMMARY_MODES.join(', ')}`);
  }

  days(name: string): number | undefined {
    return this.#parsed(name, parseDays, message`a whole number from 0 to ${MOST_DAYS}`);
  }

  seconds(name: string): number | undefined {
    const allowed = message`a number of seconds from 1 to ${LONGEST_TIMEOUT_SECONDS}`;
    return this.#parsed(name, parseSeconds, allowed);
  }

  instant(name: string): Instant | undefined {
    if (OTHER_HYPHEN.test(this.#visible(name)))
      return this.#wrong(name, message`written with "-", not with another hyphen`);
    const allowed = message`a date such as 2026-11-30, or a time with an offset such as 2026-11-30T09:00:00+03:00`;
    return this.#parsed(name, parseInstant, allowed);
  }

  #parsed<T>(
    name: string,
    parse: (text: string) => T | undefined,
    allowed: Message,
  ): T | undefined {
    const text = this.#visible(name);
    if (text === '') return undefined;
    return parse(text) ?? this.#wrong(name, allowed);
  }

  /** @param otherwise what an empty input stands for */
  endpoint(name: string, otherwise: string, allowHttp: boolean): string | undefined {
    const text = this.#visible(name);
    if (text === '') return otherwise;
    const url = parseServer(text);
    if (holdsLogin(text, url)) {
      // Not repeated: it may be a password.
      const problem = message`${name} holds a user name or a password. Give the URL without them.`;
      return this.#problem([name], problem);
    }
    if (!url) {
      const example = `https://${name.replace('-endpoint', '')}.example.com`;
      return this.#wrong(name, message`the base URL of a server, such as ${example}`);
    }
    if (url.search || url.hash) return this.#wrong(name, message`a base URL without "?" or "#"`);
    const isSafe = url.protocol === 'https:' || isLoopback(url.hostname);
    if (!isSafe && !allowHttp) {
      return this.#wrong(
        name,
        message`an https:// URL, unless allow-insecure-http is true: the secret would travel unencrypted`,
      );
    }
    return url.origin + withoutSlashesAtEnd(url.pathname);
  }

  /**
   * Asks for both endpoints of a self-hosted server once both are used: with one, the key or the token would go to Appcircle cloud.
   * @param apiUse what the API server is used for, if it is
   */
  checkSameServer(
    authEndpoint: string | undefined,
    apiEndpoint: string | undefined,
    apiUse: Message | undefined,
  ): void {
    const isOwnAuth = authEndpoint !== cloud.authEndpoint;
    const isOwnApi = apiEndpoint !== cloud.apiEndpoint;
    if (isOwnApi && !isOwnAuth) {
      this.#problem(
        ['auth-endpoint'],
        message`api-endpoint is your own server, but auth-endpoint is not set. Set it too: otherwise the key is sent to Appcircle cloud.`,
      );
    }
    if (isOwnAuth && !isOwnApi && apiUse) {
      this.#problem(
        ['api-endpoint'],
        message`auth-endpoint is your own server, but api-endpoint is not set. Set it too: ${apiUse}.`,
      );
    }
  }

  #visible(name: string): string {
    return visible(this.#input(name));
  }

  #wrong(name: string, allowed: Message): undefined {
    this.#problem([name], message`${name} is "${this.#visible(name)}". It must be ${allowed}.`);
  }

  #problem(names: readonly string[], sentence: Message): undefined {
    for (const name of names) this.#invalid.add(name);
    this.#problems.push(sentence);
  }
}

function halfOfKey(given: string, empty: string): Message {
  return message`${empty} is empty, but ${given} is set: an API key needs both.`;
}

/** YAML 1.2, as `getBooleanInput` of @actions/core reads it. */
function parseBoolean(text: string): boolean | undefined {
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  if (['false', 'False', 'FALSE'].includes(text)) return false;
  return undefined;
}

function parseDays(text: string): number | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined;
  const days = Number(text);
  if (days > MOST_DAYS) return undefined;
  return days;
}

function parseSeconds(text: string): number | undefined {
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) return undefined;
  const seconds = Number(text);
  if (seconds < 1 || seconds > LONGEST_TIMEOUT_SECONDS) return undefined;
  return seconds;
}

/** The URL of a web server, without the dot that may end a host's name in DNS: certificates don't have it. */
function parseServer(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol)) return undefined;
  url.hostname = url.hostname.replace(/\.$/, '');
  if (url.hostname.length > LONGEST_HOST_NAME) return undefined;
  return url;
}

/** A login ends with "@", which is all that shows one in a text that is no URL. */
function holdsLogin(text: string, url: URL | undefined): boolean {
  if (!url) return text.includes('@');
  return url.username !== '' || url.password !== '';
}

function withoutSlashesAtEnd(path: string): string {
  // Without the look behind, this takes time by the square of the slashes in a row.
  return path.replace(/(?<!\/)\/+$/, '');
}

function useOfApi({
  subOrganization,
  configureCli,
}: Pick<Settings, 'subOrganization' | 'configureCli'>): Message | undefined {
  if (subOrganization && 'name' in subOrganization)
    return message`a sub-organization's name is looked up there`;
  if (configureCli) return message`configure-cli uses both`;
  return undefined;
}
