import { API_KEY, PERSONAL_ACCESS_KEY } from '../../sandbox/appcircle/accounts.ts';
import type { Appcircle, AppcircleOptions } from '../../sandbox/appcircle/server.ts';
import type { InstallOptions } from '../../sandbox/cli/install.ts';

/** When every scenario takes place: a Friday afternoon, nine days and some hours before 30 November. */
export const NOW = Date.parse('2026-11-20T15:04:05Z');

/**
 * One run of the action in a job: what the workflow asks for, and the world that it runs in. The world's Appcircle answers as
 * `auth.appcircle.io`, `api.appcircle.io` and, for a self-hosted one, as the same hosts of `acme.example`.
 */
export interface Scenario {
  /** What the transcript shows, as a sentence. */
  readonly shows: string;
  /** The step's `with:`. `<certificate>` stands for the certificate of the authority behind the world's servers. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly appcircle?: Omit<AppcircleOptions, 'tls' | 'clock'>;
  /** Queues faults, once the Appcircle runs. */
  readonly prepare?: (appcircle: Appcircle) => void;
  /** The servers speak HTTP without TLS. */
  readonly plain?: boolean;
  /** Variables of the step; one that is undefined is taken away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether the job runs with ACTIONS_STEP_DEBUG. */
  readonly debug?: boolean;
  /** The stand-in for the Appcircle CLI is on the PATH; without this no CLI is. */
  readonly cli?: InstallOptions;
  /** The text of the CLI's configuration before the job. */
  readonly configuration?: string;
  /** What a later step does to the configuration of the CLI. */
  readonly meddle?: (configurationFile: string) => void;
}

/** The inputs of the sandbox's API key, and of its Personal Access Key. */
export const apiKey = { 'api-key-name': API_KEY.name, 'api-key-secret': API_KEY.secret } as const;
export const personalAccessKey = { 'personal-access-key': PERSONAL_ACCESS_KEY.key } as const;

/** The endpoints of a self-hosted Appcircle. */
export const selfHosted = {
  'auth-endpoint': 'https://auth.acme.example',
  'api-endpoint': 'https://api.acme.example',
} as const;
