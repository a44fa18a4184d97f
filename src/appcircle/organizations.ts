import { Failure } from '../base/failure.ts';
import { type Message, message } from '../base/message.ts';
import type { Credential } from './credentials.ts';
import type { AccessToken } from './token.ts';

export interface Organization {
  readonly id: string;
  /** As the workflow wrote it; `undefined` where it gave the GUID. */
  readonly name: string | undefined;
}

export function describeOrganization({ id, name }: Organization): Message {
  return name === undefined ? message`${id}` : message`"${name}" (${id})`;
}

/**
 * Throws a Failure where the token is for another organization than the one asked for: a key without a role there may get one (the CLI
 * checks the same claim). A token that does not say is accepted, but not from an older path, which may not know the field.
 */
export function checkOrganization(
  { organization, organizationId }: AccessToken,
  asked: Organization,
  credential: Credential,
  isOlderPath: boolean,
): void {
  if (organization === undefined) {
    if (!isOlderPath) return;
    throw new Failure(
      'The organization could not be checked',
      message`You asked for the organization ${describeOrganization(asked)}, but this is an older server, which may ignore that, and the token does not say which organization it is for.`,
      message`Update the server, or leave sub-organization out and use a key made in that sub-organization. The token was not exported.`,
    );
  }
  if (organizationId?.toLowerCase() === asked.id.toLowerCase()) return;
  const access =
    credential.type === 'api-key'
      ? message`Give the API key a role in the organization that you asked for.`
      : message`Use a Personal Access Key made in the root organization by a member of the organization that you asked for.`;
  throw new Failure(
    'The token is for another organization',
    message`You asked for the organization ${describeOrganization(asked)}, but the token is for ${organization}.`,
    message`${access} The token was not exported.`,
  );
}
