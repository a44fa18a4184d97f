import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import {
  API_KEY,
  generatedOrganization,
  PERSONAL_ACCESS_KEY,
} from '../sandbox/appcircle/accounts.ts';
import { inputVariables, readActionMetadata } from '../sandbox/runner/action-metadata.ts';
import type { CountedServer } from './counted-server.ts';
import type { Command } from './meter.ts';
import { inRepository, REPOSITORY } from './repository.ts';

/** A program that is measured against others. */
export interface Contestant extends Command {
  /** As it stands in the table. */
  readonly name: string;
  /** Whose traffic is counted, and whose token it must export. */
  readonly server: CountedServer | undefined;
}

const metadata = readActionMetadata(REPOSITORY);
const apiKey = { 'api-key-name': API_KEY.name, 'api-key-secret': API_KEY.secret };

/** Node that starts and ends. */
export const bareNode: Contestant = {
  name: 'bare Node that exits',
  argv: [execPath, inRepository('bench', 'nothing.cjs')],
  env: {},
  server: undefined,
};

/** The shortest program that does the work. It does no less than an exchange of an API key by the action. */
export function floor(server: CountedServer): Contestant {
  return { ...action('the floor', server), argv: [execPath, inRepository('bench', 'floor.cjs')] };
}

/** The action, exchanging an API key unless `inputs` say otherwise. */
export function action(
  name: string,
  server: CountedServer,
  inputs: Readonly<Record<string, string>> = apiKey,
): Contestant {
  const { authEndpoint, apiEndpoint } = server;
  const endpoints = { 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint };
  return {
    name,
    argv: [execPath, inRepository(metadata.main)],
    env: inputVariables(metadata.inputs, { ...endpoints, ...inputs }),
    server,
  };
}

export function actionWithPersonalAccessKey(server: CountedServer): Contestant {
  return action('the action, Personal Access Key', server, {
    'personal-access-key': PERSONAL_ACCESS_KEY.key,
  });
}

/** Looks up the last of so many organizations, so that its name must be searched for in the whole list. */
export function actionWithName(
  name: string,
  server: CountedServer,
  organizations: number,
): Contestant {
  return action(name, server, {
    ...apiKey,
    'sub-organization': generatedOrganization(organizations).name,
  });
}

/** The action with the input `ca-certificate`, rather than an authority that Node trusts from its start. */
export function actionWithCaCertificate(server: CountedServer, certificatePem: string): Contestant {
  return action('the action, API key, `ca-certificate`', server, {
    ...apiKey,
    'ca-certificate': certificatePem,
  });
}

/** The script of Appcircle's documentation. */
export function curlScript(server: CountedServer): Contestant {
  return {
    name: '`curl` and `jq`',
    argv: ['bash', '-e', inRepository('bench', 'curl.sh')],
    env: {
      AUTH_ENDPOINT: server.authEndpoint,
      API_KEY_NAME: API_KEY.name,
      API_KEY_SECRET: API_KEY.secret,
    },
    server,
  };
}

/** The same contestants on a machine that trusts an authority, by a file that Node and curl each read in their own way. */
export function trusting(
  certificatePem: string,
  folder: string,
  contestants: readonly Contestant[],
): Contestant[] {
  const path = join(folder, 'authority.pem');
  writeFileSync(path, certificatePem);
  return contestants.map((contestant) => ({
    ...contestant,
    env: { ...contestant.env, NODE_EXTRA_CA_CERTS: path, CURL_CA_BUNDLE: path },
  }));
}
