import { X509Certificate } from 'node:crypto';
import type { Credential } from './appcircle/credential.ts';
import { Failure } from './failure.ts';
import { isGuid } from './guid.ts';
import { isLoopback } from './http/loopback.ts';
import { codeOf } from './thrown.ts';
import { count, parseInstant } from './time.ts';

/** The inputs that hold a secret, masked before anything else is looked at. */
export const secretInputs = ['api-key-secret', 'personal-access-key'] as const;

/** RFC 1035, section 2.3.4, as text without the final dot. */
const LONGEST_HOST_NAME = 253;

/** Appcircle cloud; a self-hosted server has its own (docs.appcircle.io, self-hosted). */
export const cloud = { authEndpoint: 'https://auth.appcircle.io', apiEndpoint: 'https://api.appcircle.io' } as const;

/** A sub-organization as the workflow names it. */
export type SubOrganization = { readonly id: string } | { readonly name: string };

export type SummaryMode = 'auto' | 'always' | 'never';

/** What the workflow asks for, checked and complete: nothing past this reads an input. */
export interface Settings {
  readonly credential: Credential;
  readonly subOrganization: SubOrganization | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly keyExpiresOn: number | undefined;
  readonly expiryWarningDays: number;
  readonly expiryFailureDays: number | undefined;
  readonly exportEnv: boolean;
  readonly configureCli: boolean;
  readonly summary: SummaryMode;
  /** Base URLs without a trailing slash. */
  readonly authEndpoint: string;
  readonly apiEndpoint: string;
  /** PEM text. */
  readonly caCertificate: string | undefined;
  readonly timeoutMs: number;
}

/** Where the inputs come from, and what is needed to judge and to repeat them. */
export interface InputSource {
  /** An input's text, trimmed; empty where it is not set. */
  read(name: string): string;
  /** A file's text; throws where it can't be read. */
  readFile(path: string): string;
  /** A user's text made fit to be shown. */
  quote(text: string): string;
}

/**
 * Reads and checks every input.
 * @throws Failure that names all the inputs that are wrong, what they were and what is allowed
 */
export function readSettings(source: InputSource): Settings {
  const inputs = new Inputs(source);
  const insecure = inputs.boolean('allow-insecure-http', false);
  const settings = {
    credential: inputs.credential(),
    subOrganization: inputs.subOrganization(),
    keyExpiresOn: inputs.instant('key-expires-on'),
    expiryWarningDays: inputs.days('expiry-warning-days') ?? 14,
    expiryFailureDays: inputs.days('expiry-failure-days'),
    exportEnv: inputs.boolean('export-env', true),
    configureCli: inputs.boolean('configure-cli', false),
    summary: inputs.oneOf<SummaryMode>('summary', ['auto', 'always', 'never']),
    authEndpoint: inputs.endpoint('auth-endpoint', cloud.authEndpoint, insecure),
    apiEndpoint: inputs.endpoint('api-endpoint', cloud.apiEndpoint, insecure),
    caCertificate: inputs.certificates('ca-certificate'),
    timeoutMs: inputs.seconds('timeout-seconds', 60, 1, 600) * 1000,
  };
  inputs.sameServer(settings);
  return inputs.checked(settings);
}

/** Settings in which what was wrong with an input is left out. */
type Unchecked = Omit<Settings, 'credential' | 'authEndpoint' | 'apiEndpoint'> & {
  readonly [Name in 'credential' | 'authEndpoint' | 'apiEndpoint']: Settings[Name] | undefined;
};

/** Reads inputs one by one and gathers what is wrong with them, so that a workflow author mends all of it at once. */
class Inputs {
  readonly #source: InputSource;
  readonly #problems: string[] = [];

  constructor(source: InputSource) {
    this.#source = source;
  }

  /** The settings, if nothing was wrong with the inputs that they came from. */
  checked(settings: Unchecked): Settings {
    const { credential, authEndpoint, apiEndpoint } = settings;
    if (this.#problems.length === 0 && credential && authEndpoint && apiEndpoint)
      return { ...settings, credential, authEndpoint, apiEndpoint };
    const missing =
      !credential && !secretInputs.some((name) => this.#source.read(name)) && !this.#source.read('api-key-name');
    throw new Failure(
      missing ? 'No Appcircle credential was given' : 'The inputs need correcting',
      this.#problems.join(' '),
      missing
        ? 'If the inputs take their values from secrets, check that these exist under that name: GitHub gives a secret that does not exist as empty text, and gives no secrets to workflows triggered from forks or by Dependabot.'
        : `Correct ${count(this.#problems.length, 'input')} in the step's "with:" and run it again. Nothing was sent.`,
    );
  }

  credential(): Credential | undefined {
    const name = this.#source.read('api-key-name');
    const secret = this.#source.read('api-key-secret');
    const key = this.#source.read('personal-access-key');
    if (key && (name || secret)) {
      const other = name ? 'api-key-name' : 'api-key-secret';
      this.#problem(
        `personal-access-key and ${other} are both set; give one credential: api-key-name with api-key-secret, or personal-access-key.`,
      );
    } else if (key) {
      return { type: 'personal-access-key', key };
    } else if (name && secret) {
      return { type: 'api-key', name, secret };
    } else if (name) {
      this.#problem('api-key-secret is empty; api-key-name is set, and an API key needs both.');
    } else if (secret) {
      this.#problem('api-key-name is empty; api-key-secret is set, and an API key needs both.');
    } else {
      this.#problem(
        'api-key-name, api-key-secret and personal-access-key are all empty; give api-key-name with api-key-secret, or personal-access-key.',
      );
    }
    return undefined;
  }

  subOrganization(): SubOrganization | undefined {
    const text = this.#source.read('sub-organization');
    if (text === '') return undefined;
    return isGuid(text) ? { id: text } : { name: text };
  }

  instant(name: string): number | undefined {
    const text = this.#source.read(name);
    if (text === '') return undefined;
    const instant = parseInstant(text, 'required');
    if (instant === undefined) {
      this.#wrong(
        name,
        text,
        'a day that exists as YYYY-MM-DD, or an ISO 8601 date-time with an offset, as 2026-11-30T09:00:00+03:00',
      );
    }
    return instant;
  }

  /** A whole number of days. */
  days(name: string): number | undefined {
    const text = this.#source.read(name);
    if (text === '') return undefined;
    if (/^\d{1,9}$/.test(text) && Number(text) <= 366) return Number(text);
    this.#wrong(name, text, 'a whole number from 0 to 366');
    return undefined;
  }

  seconds(name: string, otherwise: number, least: number, most: number): number {
    const text = this.#source.read(name);
    if (text === '') return otherwise;
    if (/^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    this.#wrong(name, text, `a number of seconds from ${least} to ${most}`);
    return otherwise;
  }

  /** YAML 1.2's booleans (core schema), as `getBooleanInput` of @actions/core reads them. */
  boolean(name: string, otherwise: boolean): boolean {
    const text = this.#source.read(name);
    if (['true', 'True', 'TRUE'].includes(text)) return true;
    if (['false', 'False', 'FALSE'].includes(text)) return false;
    if (text !== '') this.#wrong(name, text, 'true or false');
    return otherwise;
  }

  /** One of the words; the first where nothing is given. */
  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const text = this.#source.read(name);
    const word = words.find((candidate) => candidate === text);
    if (word === undefined && text !== '') this.#wrong(name, text, `one of ${words.join(', ')}`);
    return word ?? words[0];
  }

  endpoint(name: string, otherwise: string, insecure: boolean): string | undefined {
    const text = this.#source.read(name);
    if (text === '') return otherwise;
    const url = URL.parse(text);
    if (!url || !['https:', 'http:'].includes(url.protocol) || url.hostname.length > LONGEST_HOST_NAME) {
      this.#wrong(name, text, 'the base URL of a server, as https://auth.example.com');
    } else if (url.username || url.password) {
      // Not repeated: what stands there may be a password.
      this.#problem(`${name} has a user name or a password in it; give the URL without.`);
    } else if (url.search || url.hash) {
      this.#wrong(name, text, 'a base URL without "?" or "#"');
    } else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !insecure) {
      this.#wrong(
        name,
        text,
        'an https:// URL, or allow-insecure-http: true if the secret may really travel unencrypted',
      );
    } else {
      return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    }
    return undefined;
  }

  certificates(name: string): string | undefined {
    const text = this.#source.read(name);
    if (text === '') return undefined;
    const given = text.includes('-----BEGIN');
    let pem = text;
    if (!given) {
      try {
        pem = this.#source.readFile(text);
      } catch (error) {
        const code = codeOf(error) && ` (${codeOf(error)})`;
        this.#wrong(name, text, `PEM text, or the path of a PEM file that can be read${code}`);
        return undefined;
      }
    }
    const what = given ? 'text' : `file ${this.#source.quote(text)}`;
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
      this.#problem(
        `${name} holds a private key; give the certificates alone, and treat the key as leaked if it stands in a repository.`,
      );
      return undefined;
    }
    const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (certificates.length === 0 || !certificates.every(isCertificate)) {
      this.#problem(
        `${name}: the ${what} is not a certificate in PEM; give one or more blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.`,
      );
      return undefined;
    }
    return certificates.join('\n');
  }

  /**
   * Of a self-hosted server both endpoints are needed as soon as both are used: with one alone, its key or its token would go to
   * Appcircle cloud.
   */
  sameServer(settings: Unchecked): void {
    if (!settings.authEndpoint || !settings.apiEndpoint) return;
    const cloudAuth = settings.authEndpoint === cloud.authEndpoint;
    const cloudApi = settings.apiEndpoint === cloud.apiEndpoint;
    const byName = settings.subOrganization !== undefined && 'name' in settings.subOrganization;
    if (cloudAuth && !cloudApi) {
      this.#problem(
        'auth-endpoint is empty, though api-endpoint names a server of your own; give both, or the key would be sent to Appcircle cloud.',
      );
    } else if (!cloudAuth && cloudApi && (byName || settings.configureCli)) {
      const user = byName ? 'looking up a sub-organization by name' : 'configure-cli';
      this.#problem(
        `api-endpoint is empty, though auth-endpoint names a server of your own; give both, since ${user} uses both.`,
      );
    }
  }

  #wrong(name: string, text: string, allowed: string): void {
    this.#problem(`${name} is "${this.#source.quote(text)}"; it must be ${allowed}.`);
  }

  #problem(sentence: string): void {
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
