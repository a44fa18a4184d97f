/**
 * The two commands that upload an app, as the real CLI 2.7.3 runs them. Source: appcircleio/appcircle-cli,
 * `handleDistributionCommand` and `handleEnterpriseAppStoreCommand` in `src/core/command-runner.ts`, the services in
 * `src/services`; compared with the real one, run against this sandbox.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgramError, RequestError } from './errors.ts';

/** The options of both commands, as given on the command line. */
export interface UploadOptions {
  readonly app?: string | undefined;
  readonly distProfileId?: string | undefined;
  readonly entProfileId?: string | undefined;
  readonly message?: string | undefined;
}

/** Appcircle's API host, without a trailing slash, and a token for it. */
interface Server {
  readonly api: string;
  readonly token: string;
}

interface UploadInformation {
  readonly fileId: string;
  readonly uploadUrl: string;
  readonly configuration: {
    readonly httpMethod: 'PUT' | 'POST';
    readonly signParameters?: Readonly<Record<string, string>> | null;
  };
}

/** What the real CLI prints with `-o json`. */
export interface UploadResult {
  readonly taskId: string;
}

const BEGUN = 1;
const COMPLETED = 3;
const POLL_MS = 500;

/** Runs `testing-distribution upload`. Throws what the real CLI exits 1 for. */
export async function uploadToTestingDistribution(options: UploadOptions, server: Server): Promise<UploadResult> {
  const { app, distProfileId, message } = options;
  if (app === undefined || message === undefined) throw new ProgramError('Missing or invalid parameter.');
  if (distProfileId === undefined) throw new ProgramError('Either --distProfileId or --distProfile is required');
  const profiles = (await call(server, 'GET', 'distribution/v2/profiles')) as unknown[];
  if (profiles.length === 0) throw new ProgramError('No Distribution Profile available');
  const path = `distribution/v1/profiles/${distProfileId}/app-versions`;
  const result = await send(server, app, path, '');
  await setReleaseNotes(server, distProfileId, result, message).catch(() => {
    // As with the real one, an app that Appcircle turns down after the upload is no error.
    console.error("✔ App uploaded successfully, but couldn't update release notes.");
  });
  return result;
}

/** Runs `enterprise-app-store version upload-for-profile`. Throws what the real CLI exits 1 for. */
export async function uploadToStore(options: UploadOptions, server: Server): Promise<UploadResult> {
  const { app, entProfileId } = options;
  if (app === undefined) throw new ProgramError('Missing or invalid parameter.');
  if (entProfileId === undefined) throw new ProgramError('Either --entProfileId or --entProfile parameter is required.');
  const into = `&createNewProfile=false&profileId=${entProfileId}`;
  return send(server, app, 'store/v1/profiles/app-versions', into);
}

/** Uploads the file, with the token to Appcircle and without it to the storage. */
async function send(server: Server, app: string, path: string, into: string): Promise<UploadResult> {
  if (!existsSync(app)) throw new ProgramError(`File not found: ${app}`);
  const fileName = basename(app);
  // Not encoded by the real one either, but for what no URL can hold.
  const query = `?action=uploadInformation&fileSize=${statSync(app).size}&fileName=${fileName}`;
  const information = (await call(server, 'GET', path + query)) as UploadInformation;
  const response = await store(app, information);
  if (!response.ok) throw new RequestError(response);
  const commit = `${path}?action=commitFileUpload${into}`;
  return (await call(server, 'POST', commit, { fileId: information.fileId, fileName })) as UploadResult;
}

function store(app: string, { uploadUrl, configuration }: UploadInformation): Promise<Response> {
  const file = new Uint8Array(readFileSync(app));
  if (configuration.httpMethod === 'PUT') {
    return fetch(uploadUrl, { method: 'PUT', body: file, headers: { 'content-type': 'application/octet-stream' } });
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(configuration.signParameters ?? {})) form.append(name, value);
  form.append('file', new Blob([file]), basename(app));
  return fetch(uploadUrl, { method: 'POST', body: form });
}

async function setReleaseNotes(server: Server, profileId: string, { taskId }: UploadResult, message: string): Promise<void> {
  const task = () => call(server, 'GET', `task/v1/tasks/${taskId}`) as Promise<{ stateValue: number }>;
  let { stateValue } = await task();
  while (stateValue === BEGUN) {
    await sleep(POLL_MS);
    ({ stateValue } = await task());
  }
  if (stateValue !== COMPLETED) throw new ProgramError('Upload failed: Please make sure that the version is unique.');
  const profile = (await call(server, 'GET', `distribution/v2/profiles/${profileId}`)) as {
    appVersions: { id: string; createdAt: string }[];
  };
  const latest = profile.appVersions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  const path = `distribution/v1/profiles/${profileId}/app-versions/${latest?.id}?action=updateMessage`;
  await call(server, 'PATCH', path, { message });
}

async function call(server: Server, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${server.api}/${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${server.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new RequestError(response);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
