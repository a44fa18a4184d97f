/**
 * The two commands that upload an app, as the real CLI 2.7.3 runs them. Source: appcircleio/appcircle-cli,
 * `handleDistributionCommand` and `handleEnterpriseAppStoreCommand` in `src/core/command-runner.ts`, the services in
 * `src/services`; compared with the real one, run against this sandbox.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, type Server } from './api.ts';
import { ProgramError, RequestError } from './errors.ts';

/** The options of both commands, as given on the command line. */
export interface UploadOptions {
  readonly app?: string | undefined;
  readonly distProfileId?: string | undefined;
  readonly entProfileId?: string | undefined;
  readonly message?: string | undefined;
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
interface Task {
  readonly taskId: string;
}

const BEGUN = 1;
const COMPLETED = 3;
const POLL_MS = 500;

/** Runs `testing-distribution upload`. Throws what the real CLI exits 1 for. */
export async function uploadToTestingDistribution(
  { app, distProfileId, message }: UploadOptions,
  server: Server,
  console: Pick<Console, 'error'>,
): Promise<Task> {
  if (app === undefined || message === undefined)
    throw new ProgramError('Missing or invalid parameter.');
  if (distProfileId === undefined)
    throw new ProgramError('Either --distProfileId or --distProfile is required');
  const profiles: unknown[] = await call(server, 'GET', 'distribution/v2/profiles');
  if (profiles.length === 0) throw new ProgramError('No Distribution Profile available');
  const task = await upload(server, app, `distribution/v1/profiles/${distProfileId}/app-versions`);
  await setReleaseNotes(server, distProfileId, task, message).catch(() => {
    // As with the real one, an app that Appcircle turns down after the upload is no error.
    console.error("✔ App uploaded successfully, but couldn't update release notes.");
  });
  return task;
}

/** Runs `enterprise-app-store version upload-for-profile`. Throws what the real CLI exits 1 for. */
export async function uploadToStore(
  { app, entProfileId }: UploadOptions,
  server: Server,
): Promise<Task> {
  if (app === undefined) throw new ProgramError('Missing or invalid parameter.');
  if (entProfileId === undefined)
    throw new ProgramError('Either --entProfileId or --entProfile parameter is required.');
  return upload(
    server,
    app,
    'store/v1/profiles/app-versions',
    `&createNewProfile=false&profileId=${entProfileId}`,
  );
}

/** Uploads the file, with the token to Appcircle and without it to the storage. */
async function upload(server: Server, app: string, path: string, into = ''): Promise<Task> {
  if (!existsSync(app)) throw new ProgramError(`File not found: ${app}`);
  const file = readFileSync(app);
  const fileName = basename(app);
  // Not encoded by the real one either, but for what no URL can hold.
  const query = `?action=uploadInformation&fileSize=${file.length}&fileName=${fileName}`;
  const information: UploadInformation = await call(server, 'GET', path + query);
  const response = await store(file, fileName, information);
  if (!response.ok) throw new RequestError(response);
  return call(server, 'POST', `${path}?action=commitFileUpload${into}`, {
    fileId: information.fileId,
    fileName,
  });
}

function store(
  file: Buffer<ArrayBuffer>,
  fileName: string,
  { uploadUrl, configuration }: UploadInformation,
): Promise<Response> {
  const { httpMethod: method, signParameters } = configuration;
  if (method === 'PUT')
    return fetch(uploadUrl, {
      method,
      body: file,
      headers: { 'content-type': 'application/octet-stream' },
    });
  const form = new FormData();
  for (const [name, value] of Object.entries(signParameters ?? {})) form.append(name, value);
  form.append('file', new Blob([file]), fileName);
  return fetch(uploadUrl, { method, body: form });
}

async function setReleaseNotes(
  server: Server,
  profileId: string,
  { taskId }: Task,
  message: string,
): Promise<void> {
  let state = BEGUN;
  while (state === BEGUN) {
    const task: { stateValue: number } = await call(server, 'GET', `task/v1/tasks/${taskId}`);
    state = task.stateValue;
    if (state === BEGUN) await sleep(POLL_MS);
  }
  if (state !== COMPLETED)
    throw new ProgramError('Upload failed: Please make sure that the version is unique.');
  const profile: { appVersions: { id: string; createdAt: string }[] } = await call(
    server,
    'GET',
    `distribution/v2/profiles/${profileId}`,
  );
  const latest = profile.appVersions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  const path = `distribution/v1/profiles/${profileId}/app-versions/${latest?.id}?action=updateMessage`;
  await call(server, 'PATCH', path, { message });
}
