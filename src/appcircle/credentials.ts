import { Foreign } from '../base/foreign.ts';
import { type Message, message, type Words, words } from '../base/message.ts';
import type { Instant } from '../base/time.ts';

export type Credential = (
  | { readonly type: 'api-key'; readonly name: string; readonly secret: string }
  | { readonly type: 'personal-access-key'; readonly key: string }
) & {
  /** From `key-expires-on`. */
  readonly expiresOn?: Instant | undefined;
};

/** What is said of each kind of key. */
const KINDS = {
  'api-key': {
    name: words`API key`,
    /** Where in Appcircle it is made and rotated. */
    where: words`My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys)`,
    secretInput: 'api-key-secret',
    howToRenew: message`Rotate it or make a new one`,
    stepToRenew: message`Rotate the key or make a new one, and choose its expiry date.`,
    stepToUpdate: message`Update the secret for ${'api-key-secret'}, and ${'api-key-name'} if you made a new key.`,
  },
  'personal-access-key': {
    name: words`Personal Access Key`,
    where: words`My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key)`,
    secretInput: 'personal-access-key',
    howToRenew: message`Generate a new one`,
    stepToRenew: message`Generate a new key and choose its expiry date.`,
    stepToUpdate: message`Update the secret for ${'personal-access-key'}.`,
  },
} as const;

export function credentialName({ type }: Credential): Words {
  return KINDS[type].name;
}

export function describeCredential(credential: Credential): Message {
  if (credential.type === 'api-key') return message`API key "${shownName(credential.name)}"`;
  return credentialName(credential);
}

/** A token may have been put in the place of the name. */
function shownName(name: string): string | Foreign {
  return name.includes('eyJ') ? new Foreign(name) : name;
}

export function whereKeysAreMade({ type }: Credential): Words {
  return KINDS[type].where;
}

export function secretInputOf({ type }: Credential): 'api-key-secret' | 'personal-access-key' {
  return KINDS[type].secretInput;
}

export function howToReplace({ type, expiresOn }: Credential): Message {
  const { howToRenew, where, secretInput } = KINDS[type];
  const update = message`${howToRenew} at ${where}, then update the secret for ${secretInput}`;
  if (expiresOn === undefined) return message`${update}.`;
  return message`${update} and the date in ${'key-expires-on'}.`;
}

export function stepsToReplace({ type, expiresOn }: Credential): Message[] {
  const { where, stepToRenew, stepToUpdate } = KINDS[type];
  const isDateGiven = expiresOn !== undefined;
  return [
    message`In Appcircle, go to ${where}.`,
    stepToRenew,
    stepToUpdate,
    isDateGiven
      ? message`Update the date in ${'key-expires-on'}.`
      : message`Set ${'key-expires-on'} to its expiry date, to be warned next time.`,
  ];
}
