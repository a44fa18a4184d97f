/** Everything that can stop a run, by the title that the log shows and docs/TROUBLESHOOTING.md explains. */
export const failureTitles = [
  'The inputs need correcting',
  'No Appcircle credential was given',
  'Appcircle did not accept the key',
  'The key has expired',
  'The key expires too soon',
  'The key has no access to the organization',
  'Appcircle rejected the request',
  'No token service at this address',
  'The server is too old for sub-organizations',
  'Appcircle is throttling requests',
  'Appcircle has a server error',
  'The server answered with a redirect',
  'The answer is not a token',
  'The answer is too large',
  'The answer is not HTTP',
  'The token is for another organization',
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
  'The TLS connection failed',
  'The proxy setting is not valid',
  'The proxy could not be reached',
  'The proxy refused the connection',
  'The Appcircle CLI is not installed',
  'The Appcircle CLI failed',
  'The runner did not take the token',
  'Unexpected error in the action',
] as const;

export type FailureTitle = (typeof failureTitles)[number];

/** That another try may succeed, and how long the server asked to wait before it (milliseconds), if it did. */
export interface Transient {
  readonly waitMs: number | undefined;
}

/**
 * Why a run stops: a title, a cause (the message) and a remedy. It is made where the cause is known and shown in one place.
 * Text of others' in the cause or the remedy has been through `Masks.quote` by then.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly title: FailureTitle;
  readonly remedy: string;
  /** Set where another try may succeed. */
  readonly transient: Transient | undefined;

  constructor(title: FailureTitle, cause: string, remedy: string, transient?: Transient) {
    super(cause);
    this.title = title;
    this.remedy = remedy;
    this.transient = transient;
  }

  /** The same failure, with more of the story told after its cause. */
  withMore(story: string, remedy = this.remedy): Failure {
    return new Failure(this.title, `${this.message} ${story}`, remedy);
  }
}
