import { randomUUID } from 'node:crypto';
import type { Answer } from './exchange.ts';
import type { AppProfile, Projects } from './projects.ts';
import type { ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

/** Where an upload is turned down. `processing` is after the upload is over, such as for a version that is there already. */
export type UploadStage = 'information' | 'file' | 'commit' | 'processing';

export interface UploadsOptions {
  readonly projects: Projects;
  /** How the storage wants the file: as the body, or in a form with the signed parameters. */
  readonly httpMethod: 'PUT' | 'POST';
  readonly refuse: UploadStage | undefined;
  /** The API host's base URL: the storage of this Appcircle is there too. */
  readonly endpoint: () => string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** An app that arrived whole in a profile. */
export interface Version {
  readonly id: string;
  readonly profileId: string;
  readonly fileName: string;
  readonly createdAt: string;
  message?: string;
}

/** Testing Distribution and the Enterprise App Store of an Appcircle, and the storage behind them. */
export interface Uploads {
  /** Every app that arrived so far, oldest first. */
  readonly versions: readonly Version[];
  /** Answers a request to one of the services; undefined where `path` is none of theirs. */
  answer(request: ReceivedRequest, path: string, grant: Grant): Answer | undefined;
  /** Answers a request to the storage, which a signature opens and no token; undefined where `path` is not there. */
  store(request: ReceivedRequest, path: string): Answer | undefined;
}

interface PendingFile {
  readonly fileName: string;
  readonly fileSize: number;
  readonly signature: string;
  readonly organizationId: string;
  stored: boolean;
}

/** Source: appcircleio/appcircle-cli 2.7.3, `TaskStatus` in `src/constant.ts`. */
const TASK_STATE = { begun: 1, canceled: 2, completed: 3 } as const;

const STORAGE = '/storage/';
const PROCESSING_MS = 400;

const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };
const FORBIDDEN: Answer = { status: 403 };
const TURNED_DOWN: Answer = { status: 400, body: { message: 'The upload is turned down.' } };

/** Starts the services without apps. */
export function createUploads({ projects, httpMethod, refuse, endpoint, clock }: UploadsOptions): Uploads {
  const versions: Version[] = [];
  const files = new Map<string, PendingFile>();
  const tasks = new Map<string, { readonly begunAt: number; readonly organizationId: string }>();

  function informUpload({ query }: ReceivedRequest, grant: Grant): Answer {
    if (refuse === 'information') return TURNED_DOWN;
    const { fileName = '', fileSize = '' } = query;
    if (fileName === '' || !/^\d+$/.test(fileSize)) return { status: 400, body: { message: 'fileName and fileSize' } };
    const fileId = randomUUID();
    const signature = randomUUID();
    const { organizationId } = grant;
    files.set(fileId, { fileName, fileSize: Number(fileSize), signature, organizationId, stored: false });
    const query_ = httpMethod === 'PUT' ? `?signature=${signature}` : '';
    const signParameters = httpMethod === 'POST' ? { signature } : null;
    return {
      status: 200,
      body: {
        fileId,
        uploadUrl: `${endpoint()}${STORAGE}${fileId}${query_}`,
        configuration: { httpMethod, signParameters },
      },
    };
  }

  function commitUpload(request: ReceivedRequest, profile: AppProfile, grant: Grant): Answer {
    if (refuse === 'commit') return TURNED_DOWN;
    const { fileId, fileName } = JSON.parse(request.body) as { fileId?: string; fileName?: string };
    const file = files.get(fileId ?? '');
    if (file === undefined || file.organizationId !== grant.organizationId) return NOT_FOUND;
    if (!file.stored || file.fileName !== fileName) return { status: 400, body: { message: 'There is no such file.' } };
    const taskId = randomUUID();
    tasks.set(taskId, { begunAt: clock(), organizationId: grant.organizationId });
    if (refuse !== 'processing') {
      versions.push({
        id: randomUUID(),
        profileId: profile.id,
        fileName,
        createdAt: new Date(clock()).toISOString(),
      });
    }
    return { status: 200, body: { taskId } };
  }

  function taskState(id: string, grant: Grant): Answer {
    const task = tasks.get(id);
    if (task === undefined) return NOT_FOUND;
    if (task.organizationId !== grant.organizationId) return FORBIDDEN;
    const end = refuse === 'processing' ? TASK_STATE.canceled : TASK_STATE.completed;
    return { status: 200, body: { id, stateValue: clock() < task.begunAt + PROCESSING_MS ? TASK_STATE.begun : end } };
  }

  function setMessage(request: ReceivedRequest, versionId: string): Answer {
    const version = versions.find(({ id }) => id === versionId);
    if (version === undefined) return NOT_FOUND;
    version.message = (JSON.parse(request.body) as { message: string }).message;
    return { status: 200, body: {} };
  }

  const withVersions = (profile: AppProfile) => ({
    id: profile.id,
    name: profile.name,
    appVersions: versions.filter(({ profileId }) => profileId === profile.id),
  });

  /** Finds the profile that a request is about, or the answer that refuses it. */
  function own(profiles: readonly AppProfile[], id: string, grant: Grant): AppProfile | Answer {
    const profile = profiles.find((candidate) => candidate.id === id);
    if (profile === undefined) return NOT_FOUND;
    return profile.organizationId === grant.organizationId ? profile : FORBIDDEN;
  }

  function answer(request: ReceivedRequest, path: string, grant: Grant): Answer | undefined {
    const [, service, version, kind, ...rest] = path.split('/');
    const call = `${request.method} ${version}/${kind}/${request.query['action'] ?? ''}`;
    if (service === 'distribution') return distribution(request, call, rest, grant);
    if (service === 'store') return enterpriseStore(request, call, rest, grant);
    if (service === 'task' && call === 'GET v1/tasks/') return taskState(rest[0] ?? '', grant);
    return undefined;
  }

  function distribution(request: ReceivedRequest, call: string, rest: readonly string[], grant: Grant): Answer {
    const [profileId, part, versionId = ''] = rest;
    if (profileId === undefined) {
      if (call !== 'GET v2/profiles/') return NOT_FOUND;
      const profiles = projects.distributionProfiles.filter((it) => it.organizationId === grant.organizationId);
      return { status: 200, body: profiles.map(withVersions) };
    }
    const profile = own(projects.distributionProfiles, profileId, grant);
    if ('status' in profile) return profile;
    if (call === 'GET v2/profiles/' && part === undefined) return { status: 200, body: withVersions(profile) };
    if (part !== 'app-versions') return NOT_FOUND;
    if (call === 'GET v1/profiles/uploadInformation') return informUpload(request, grant);
    if (call === 'POST v1/profiles/commitFileUpload') return commitUpload(request, profile, grant);
    if (call === 'PATCH v1/profiles/updateMessage') return setMessage(request, versionId);
    return NOT_FOUND;
  }

  function enterpriseStore(request: ReceivedRequest, call: string, rest: readonly string[], grant: Grant): Answer {
    if (rest.length === 0 && call === 'GET v2/profiles/') {
      const profiles = projects.storeProfiles.filter((it) => it.organizationId === grant.organizationId);
      return { status: 200, body: profiles.map(({ id, name }) => ({ id, name })) };
    }
    if (rest.join('/') !== 'app-versions') return NOT_FOUND;
    if (call === 'GET v1/profiles/uploadInformation') return informUpload(request, grant);
    if (call !== 'POST v1/profiles/commitFileUpload') return NOT_FOUND;
    if (request.query['createNewProfile'] !== 'false') return { status: 400, body: { message: 'Not in a sandbox.' } };
    const profile = own(projects.storeProfiles, request.query['profileId'] ?? '', grant);
    return 'status' in profile ? profile : commitUpload(request, profile, grant);
  }

  function store(request: ReceivedRequest, path: string): Answer | undefined {
    if (!path.startsWith(STORAGE)) return undefined;
    const file = files.get(path.slice(STORAGE.length));
    if (file === undefined) return NOT_FOUND;
    // A storage of somebody else's: what opens Appcircle must not be sent there.
    if (request.headers.authorization !== undefined) return { status: 400, body: { message: 'Two ways to sign in.' } };
    if (request.method !== httpMethod) return { status: 405, headers: { allow: httpMethod } };
    const arrived = httpMethod === 'PUT' ? arrivedAsBody(request, file) : arrivedInForm(request, file);
    if (!arrived || refuse === 'file') return FORBIDDEN;
    file.stored = true;
    return { status: 200 };
  }

  return { versions, answer, store };
}

function arrivedAsBody({ query, headers }: ReceivedRequest, { signature, fileSize }: PendingFile): boolean {
  return query['signature'] === signature && Number(headers['content-length']) === fileSize;
}

function arrivedInForm({ headers, body }: ReceivedRequest, { signature }: PendingFile): boolean {
  const isMultipart = headers['content-type']?.startsWith('multipart/form-data;') === true;
  return isMultipart && body.includes(signature) && body.includes('name="file"');
}
