import { API_KEY, PERSONAL_ACCESS_KEY, ROCKET } from '../appcircle/accounts.ts';
import type { Appcircle } from '../appcircle/server.ts';
import type { StepResult } from '../runner/step.ts';

/** A step that the demo runs and shows. */
export interface Scenario {
  readonly title: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Tells whether the step ended as it should. */
  readonly isRight: (result: StepResult) => boolean;
}

/** Where a workflow takes these inputs from. */
export const SOURCES: Readonly<Record<string, string>> = {
  'api-key-name': 'vars.APPCIRCLE_API_KEY_NAME',
  'api-key-secret': 'secrets.APPCIRCLE_API_KEY_SECRET',
  'personal-access-key': 'secrets.APPCIRCLE_PERSONAL_ACCESS_KEY',
};

const NINE_DAYS_AND_AN_HOUR_MS = (9 * 24 + 1) * 3_600_000;

/** Returns the demo's steps for a running Appcircle and a time in milliseconds. */
export function scenarios({ authEndpoint, apiEndpoint }: Appcircle, now: number): Scenario[] {
  const endpoints = { 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint };
  const expiresAt = new Date(now + NINE_DAYS_AND_AN_HOUR_MS).toISOString();
  return [
    {
      title: 'An API key with nine days left',
      inputs: {
        'api-key-name': API_KEY.name,
        'api-key-secret': API_KEY.secret,
        'key-expires-on': expiresAt.replace(/\.\d+/, ''),
        ...endpoints,
      },
      isRight: (result) =>
        hasMaskedToken(result) && hasTitle(result, 'Appcircle API key expires in 9 days'),
    },
    {
      title: 'A Personal Access Key, for a sub-organization by its name',
      inputs: {
        'personal-access-key': PERSONAL_ACCESS_KEY.key,
        'sub-organization': ROCKET.name,
        summary: 'always',
        ...endpoints,
      },
      isRight: (result) =>
        hasMaskedToken(result) && result.outputs['organization-id'] === ROCKET.id,
    },
    {
      title: 'A wrong secret',
      inputs: {
        'api-key-name': API_KEY.name,
        'api-key-secret': 'not-the-secret-of-this-key',
        ...endpoints,
      },
      isRight: (result) =>
        result.exitCode === 1 && hasTitle(result, 'Appcircle did not accept the key'),
    },
  ];
}

function hasMaskedToken({ exitCode, env, masks }: StepResult): boolean {
  return exitCode === 0 && masks.includes(env['AC_ACCESS_TOKEN'] ?? '');
}

function hasTitle({ annotations }: StepResult, title: string): boolean {
  return annotations.some((annotation) => annotation.title === title);
}
