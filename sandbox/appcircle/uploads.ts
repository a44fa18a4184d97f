import { randomUUID } from 'node:crypto';
import type { Profile, Projects } from './projects.ts';
import type { ReceivedRequest } from './requests.ts';
import {
  type Answer,
  about,
  aboutOne,
  badRequest,
  type Call,
  FORBIDDEN,
  list,
  NOT_FOUND,
  named,
  ok,
  type Routes,
} from './routes.ts';

/** Where an upload is turned down. `processing` is after the upload is over, such as for a version that is there already. */
export type UploadStage = 'information' | 'file' | 'commit' | 'processing';

export interface UploadOptions {
  /** Where uploads are turned down. By default nowhere. */
  readonly refuseUploads?: UploadStage;
  /** How long an app is processed once it is there. By default 400 ms. */
  readonly processingMs?: number;
  /** How the storage wants a file: as the body, or in a form with the signed parameters. By default with PUT. */
  readonly uploadMethod?: 'PUT' | 'POST';
}

/** An app that arrived whole in a profile. */
export interface Version {
  readonly id: string;
  readonly profileId: string;
  readonly fileName: string;
  readonly createdAt: string;
}

interface PendingFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly signature: string;
  readonly organizationId: string;
  stored: boolean;
}

interface Task {
  readonly taskId: string;
  readonly begunAt: number;
  readonly organizationId: string;
}

/** Source: appcircleio/appcircle-cli 2.7.3, `TaskStatus` in `src/constant.ts`. */
const TASK_STATE = { begun: 1, canceled: 2, completed: 3 } as const;

export const STORAGE = '/storage/';
const TURNED_DOWN = badRequest('The upload is turned down.');

/** Makes Testing Distribution and the Enterprise App Store of an Appcircle, and the storage behind them, which is at `storageUrl`. */
export function createUploads(
  { distributionProfiles, storeProfiles }: Projects,
  { refuseUploads: refuse, uploadMethod = 'PUT', processingMs = 400 }: UploadOptions,
  storageUrl: () => string,
) {
  const versions: Version[] = [];
  const files: PendingFile[] = [];
  const tasks: Task[] = [];

  function inform({ query: { fileName, fileSize }, grant: { organizationId } }: Call): Answer {
    if (refuse === 'information') return TURNED_DOWN;
    if (!fileName || !fileSize || !/^\d+$/.test(fileSize))
      return badRequest('A fileName and a fileSize are required.');
    const [fileId, signature] = [randomUUID(), randomUUID()];
    files.push({
      fileId,
      fileName,
      fileSize: Number(fileSize),
      signature,
      organizationId,
      stored: false,
    });
    const isPut = uploadMethod === 'PUT';
    return ok({
      fileId,
      uploadUrl: `${storageUrl()}${fileId}${isPut ? `?signature=${signature}` : ''}`,
      configuration: { httpMethod: uploadMethod, signParameters: isPut ? null : { signature } },
    });
  }

  function commit({ id: profileId, organizationId }: Profile, { body, at }: Call): Answer {
    if (refuse === 'commit') return TURNED_DOWN;
    const { fileId, fileName } = JSON.parse(body) as { fileId?: string; fileName?: string };
    const file = files.find(
      (candidate) => candidate.fileId === fileId && candidate.fileName === fileName,
    );
    if (!file?.stored || file.organizationId !== organizationId)
      return badRequest('There is no such file.');
    const taskId = randomUUID();
    tasks.push({ taskId, begunAt: at, organizationId });
    const version = {
      id: randomUUID(),
      profileId,
      fileName: file.fileName,
      createdAt: new Date(at).toISOString(),
    };
    if (refuse !== 'processing') versions.push(version);
    return ok({ taskId });
  }

  function commitToStore(call: Call): Answer {
    if (call.query['createNewProfile'] !== 'false') return badRequest('Not in a sandbox.');
    const profile = storeProfiles.find(({ id }) => id === call.query['profileId']);
    return about(profile, call, (found) => commit(found, call));
  }

  function setMessage({ ids }: Call): Answer {
    return versions.some(({ id }) => id === ids[1]) ? ok({}) : NOT_FOUND;
  }

  function tellTask({ taskId, begunAt }: Task, { at }: Call): Answer {
    const end = refuse === 'processing' ? TASK_STATE.canceled : TASK_STATE.completed;
    return ok({ id: taskId, stateValue: at < begunAt + processingMs ? TASK_STATE.begun : end });
  }

  const withVersions = (profile: Profile) => ({
    ...named(profile),
    appVersions: versions.filter(({ profileId }) => profileId === profile.id),
  });

  const routes: Routes = {
    '/distribution/v2/profiles': { GET: list(distributionProfiles, withVersions) },
    '/distribution/v2/profiles/*': {
      GET: aboutOne(distributionProfiles, 'id', (profile) => ok(withVersions(profile))),
    },
    '/distribution/v1/profiles/*/app-versions': {
      'GET uploadInformation': aboutOne(distributionProfiles, 'id', (_profile, call) =>
        inform(call),
      ),
      'POST commitFileUpload': aboutOne(distributionProfiles, 'id', commit),
    },
    '/distribution/v1/profiles/*/app-versions/*': {
      'PATCH updateMessage': aboutOne(distributionProfiles, 'id', (_profile, call) =>
        setMessage(call),
      ),
    },
    '/store/v1/profiles/app-versions': {
      'GET uploadInformation': inform,
      'POST commitFileUpload': commitToStore,
    },
    '/task/v1/tasks/*': { GET: aboutOne(tasks, 'taskId', tellTask) },
  };

  /** Answers a request to the storage, which a signature opens and no token: it is somebody else's, and must not get one. */
  function store({ method, headers, query, body }: ReceivedRequest, fileId: string): Answer {
    const file = files.find((candidate) => candidate.fileId === fileId);
    if (file === undefined) return NOT_FOUND;
    if (headers.authorization !== undefined) return badRequest('Two ways to sign in.');
    const { signature, fileSize } = file;
    const isForm = headers['content-type']?.startsWith('multipart/form-data;') === true;
    const isWhole =
      method === 'PUT'
        ? query['signature'] === signature && Number(headers['content-length']) === fileSize
        : isForm && body.includes(signature) && body.includes('name="file"');
    if (method !== uploadMethod || !isWhole || refuse === 'file') return FORBIDDEN;
    file.stored = true;
    return { status: 200 };
  }

  return { versions, routes, store };
}
