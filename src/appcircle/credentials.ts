import { type Message, message, type Words, words } from '../base/message.ts';

export type Credential =
  | { readonly type: 'api-key'; readonly name: string; readonly secret: string }
  | { readonly type: 'personal-access-key'; readonly key: string };

export function credentialName({ type }: Credential): Words {
  return type === 'api-key' ? words`API key` : words`Personal Access Key`;
}

export function describeCredential(credential: Credential): Message {
  return credential.type === 'api-key'
    ? message`API key "${credential.name}"`
    : credentialName(credential);
}

/** Where in Appcircle a key is made and rotated. */
export function whereKeysAreMade({ type }: Credential): Words {
  return type === 'api-key'
    ? words`My Organization > Security > API Keys (https://docs.appcircle.io/account/my-organization/security/api-keys)`
    : words`My Organization > Security > Personal Access Key (https://docs.appcircle.io/account/my-organization/security/personal-access-key)`;
}

export function secretInputOf({ type }: Credential): 'api-key-secret' | 'personal-access-key' {
  return type === 'api-key' ? 'api-key-secret' : 'personal-access-key';
}

export function howToReplace(credential: Credential): Message {
  const how =
    credential.type === 'api-key'
      ? message`Rotate it or make a new one`
      : message`Generate a new one`;
  return message`${how} at ${whereKeysAreMade(credential)}, then update the secret behind ${secretInputOf(credential)}, and ${'key-expires-on'}.`;
}

export function stepsToReplace(credential: Credential): Message[] {
  return [
    message`In Appcircle, go to ${whereKeysAreMade(credential)}.`,
    credential.type === 'api-key'
      ? message`Rotate the key or make a new one, and choose its expiry date.`
      : message`Generate a new key and choose its expiry date.`,
    message`Update the secret behind ${secretInputOf(credential)}.`,
    message`Set ${'key-expires-on'} to the new date.`,
  ];
}
