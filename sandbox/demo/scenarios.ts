import { API_KEY, PERSONAL_ACCESS_KEY, ROCKET } from '../appcircle/accounts.ts';
import type { Appcircle } from '../appcircle/server.ts';
import type { StepResult } from '../runner/step.ts';

/** A step that the demo runs and shows. */
export interface Scenario {
  readonly title: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Says what went wrong, or undefined when the step ended as it should. */
  readonly complaint: (result: StepResult) => string | undefined;
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
  return [
    {
      title: 'An API key with nine days left',
      inputs: {
        'api-key-name': API_KEY.name,
        'api-key-secret': API_KEY.secret,
        'key-expires-on': new Date(now + NINE_DAYS_AND_AN_HOUR_MS)
          .toISOString()
          .replace(/\.\d+/, ''),
        ...endpoints,
      },
      complaint: (result) =>
        complaintAboutToken(result) ??
        complaintAboutAnnotation(result, 'warning', 'Appcircle API key expires in 9 days'),
    },
    {
      title: 'A Personal Access Key, for a sub-organization by its name',
      inputs: {
        'personal-access-key': PERSONAL_ACCESS_KEY.key,
        'sub-organization': ROCKET.name,
        summary: 'always',
        ...endpoints,
      },
      complaint: (result) => {
        const organization = result.outputs['organization-id'];
        const wrong =
          organization === ROCKET.id
            ? undefined
            : `the token is for the organization ${organization}`;
        return complaintAboutToken(result) ?? wrong;
      },
    },
    {
      title: 'A wrong secret',
      inputs: {
        'api-key-name': API_KEY.name,
        'api-key-secret': 'not-the-secret-of-this-key',
        ...endpoints,
      },
      complaint: (result) => {
        if (result.exitCode !== 1) return `it ended with exit code ${result.exitCode}, not 1`;
        if (result.env['AC_ACCESS_TOKEN'] !== undefined) return 'it exported a token all the same';
        return complaintAboutAnnotation(result, 'error', 'Appcircle did not accept the key');
      },
    },
  ];
}

function complaintAboutToken({ exitCode, env, outputs, masks }: StepResult): string | undefined {
  const token = env['AC_ACCESS_TOKEN'];
  if (exitCode !== 0) return `it ended with exit code ${exitCode}, not 0`;
  if (token === undefined || token !== outputs['access-token'])
    return 'it did not export the token it got';
  return masks.includes(token) ? undefined : 'the token is not masked';
}

function complaintAboutAnnotation(
  { annotations }: StepResult,
  level: string,
  title: string,
): string | undefined {
  const found = annotations.some(
    (annotation) => annotation.level === level && annotation.title === title,
  );
  return found ? undefined : `it has no ${level} titled "${title}"`;
}
