import { type Message, message } from './message.ts';

/** Everything that can stop a run, by the title that the log shows and docs/TROUBLESHOOTING.md explains. */
export const failureTitles = [
  'Invalid inputs',
  'No Appcircle credential',
  'Appcircle did not accept the key',
  'The key has expired',
  'The key expires too soon',
  'The key has no access to the organization',
  'The request was blocked',
  'Appcircle rejected the request',
  'No token service at this address',
  'The server is too old for sub-organizations',
  'Appcircle is throttling requests',
  'Appcircle has a server error',
  'The server answered with a redirect',
  'The answer is not a token',
  'The token has already expired',
  'The answer is too large',
  'The answer is not HTTP',
  'The token is for another organization',
  'The organization could not be checked',
  'No sub-organization has this name',
  'Several sub-organizations have this name',
  'Not allowed to list organizations',
  'The organization list could not be read',
  'Appcircle did not answer in time',
  'The host name could not be resolved',
  'The connection failed',
  'The certificate has expired',
  'The certificate is not valid yet',
  'The certificate is for another host',
  'The certificate is self-signed',
  'The certificate authority is not trusted',
  'The certificate is not acceptable',
  'The TLS connection failed',
  'The proxy setting is not valid',
  'The proxy could not be reached',
  'The proxy refused the connection',
  'The Appcircle CLI is not installed',
  'The configuration of the Appcircle CLI is not usable',
  'The Appcircle CLI failed',
  'The Appcircle CLI did not finish',
  'The Appcircle CLI did not store the token',
  'Node is too old',
  'The runner did not take the token',
  'The run was cancelled',
  'Unexpected error in the action',
] as const;

export type FailureTitle = (typeof failureTitles)[number];

export interface FailureDetails {
  /** Set where another try may help. */
  readonly transient?: {
    /** What the server asked for; 0 is at once. */
    readonly waitMs: number | undefined;
    /** Not more than one other try. */
    readonly once?: true;
  };
  /** The reason as a list, for where there is room for one. */
  readonly list?: { readonly lead?: Message; readonly items: readonly Message[] };
  /** The remedy step by step, likewise. */
  readonly steps?: readonly Message[];
}

/** Not `instanceof`: dist/cli.js has a class Failure of its own. */
export function isFailure(thrown: unknown): thrown is Failure {
  return Object(thrown).name === 'Failure';
}

/** Why a run stops. Made where the reason is known, shown in one place. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly title: FailureTitle;
  readonly reason: Message;
  readonly remedy: Message;
  readonly details: FailureDetails;

  constructor(title: FailureTitle, reason: Message, remedy: Message, details: FailureDetails = {}) {
    // The title alone: an error may be printed by code that makes nothing safe.
    super(title);
    this.title = title;
    this.reason = reason;
    this.remedy = remedy;
    this.details = details;
  }

  /** Adds to the reason, and gives up on retries. */
  withMore(more: Message, remedy = this.remedy): Failure {
    return new Failure(this.title, message`${this.reason} ${more}`, remedy);
  }
}
