import { randomUUID } from 'node:crypto';
import type { Answer } from './exchange.ts';
import type { BuildProfile, Projects } from './projects.ts';
import { isForm, type ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

/** A build's status and how long it lasts. The last one of a course lasts forever. */
export interface BuildStage {
  /** Null while the queue has nothing to say yet. */
  readonly status: number | null;
  readonly seconds: number;
}

export interface Build {
  readonly taskId: string;
  readonly queueItemId: string;
  readonly organizationId: string;
  readonly commitId: string;
  readonly workflowId: string;
  readonly configurationId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** The build service of an Appcircle. */
export interface Builds {
  /** Every build started so far, oldest first. */
  readonly started: readonly Build[];
  /** Answers a request to the build service; undefined where `path` is none of its own. */
  answer(request: ReceivedRequest, path: string, grant: Grant): Answer | undefined;
}

export interface BuildsOptions {
  readonly projects: Projects;
  /** The course of every build. */
  readonly course: readonly BuildStage[];
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Source of the numbers: appcircleio/appcircle-cli 2.7.3, `BuildStatus` in `src/constant.ts`. */
export const BUILD_STATUS = {
  success: 0,
  failed: 1,
  canceled: 2,
  timeout: 3,
  waiting: 90,
  running: 91,
  completing: 92,
} as const;

/** A build that waits a moment, runs for a moment and succeeds. */
export const DEFAULT_COURSE: readonly BuildStage[] = [
  { status: null, seconds: 1 },
  { status: BUILD_STATUS.waiting, seconds: 1 },
  { status: BUILD_STATUS.running, seconds: 2 },
  { status: BUILD_STATUS.success, seconds: 0 },
];

const DEFAULT_PAGE_SIZE = 25;
const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };
const FORBIDDEN: Answer = { status: 403 };

/** Starts a build service without builds. */
export function createBuilds({ projects, course, clock }: BuildsOptions): Builds {
  const started: Build[] = [];
  const canceledAt = new Map<Build, number>();

  function start(request: ReceivedRequest, commitId: string, grant: Grant): Answer {
    const profile = projects.buildProfiles.find(({ branches }) =>
      branches.some(({ commits }) => commits.some(({ id }) => id === commitId)),
    );
    if (profile === undefined) return NOT_FOUND;
    if (profile.organizationId !== grant.organizationId) return FORBIDDEN;
    const { action, workflowId = '', configurationId = '' } = request.query;
    if (action !== 'build') return badRequest(`The action '${action}' is not known here.`);
    if (!isForm(request.headers)) return { status: 415 };
    if (request.body !== '{}') return badRequest('The body must be {}.');
    if (!profile.workflows.some(({ id }) => id === workflowId)) return badRequest('There is no such workflow.');
    if (!profile.configurations.some(({ id }) => id === configurationId)) {
      return badRequest('There is no such configuration.');
    }
    const { organizationId } = profile;
    const build: Build = {
      taskId: randomUUID(),
      queueItemId: randomUUID(),
      organizationId,
      commitId,
      workflowId,
      configurationId,
      startedAt: clock(),
    };
    started.push(build);
    return { status: 200, body: { taskId: build.taskId, queueItemId: build.queueItemId } };
  }

  function statusOf(build: Build): number | null {
    const canceled = canceledAt.get(build);
    if (canceled !== undefined) return BUILD_STATUS.canceled;
    let end = build.startedAt;
    for (const { status, seconds } of course.slice(0, -1)) {
      end += seconds * 1000;
      if (clock() < end) return status;
    }
    return course.at(-1)?.status ?? null;
  }

  function cancel(build: Build): Answer {
    canceledAt.set(build, clock());
    return { status: 200, body: {} };
  }

  function ofBuild(build: Build | undefined, grant: Grant, answer: (build: Build) => Answer): Answer {
    if (build === undefined) return NOT_FOUND;
    return build.organizationId === grant.organizationId ? answer(build) : FORBIDDEN;
  }

  function ofProfile(id: string, grant: Grant, body: (profile: BuildProfile) => unknown): Answer {
    const profile = projects.buildProfiles.find((candidate) => candidate.id === id);
    if (profile === undefined) return NOT_FOUND;
    return profile.organizationId === grant.organizationId ? { status: 200, body: body(profile) } : FORBIDDEN;
  }

  function listProfiles(grant: Grant): Answer {
    const own = projects.buildProfiles.filter(({ organizationId }) => organizationId === grant.organizationId);
    return { status: 200, body: own.map(({ id, name }) => ({ id, name })) };
  }

  function listCommits({ query }: ReceivedRequest, grant: Grant): Answer {
    const profile = projects.buildProfiles.find(({ branches }) => branches.some(({ id }) => id === query['branchId']));
    if (profile === undefined) return NOT_FOUND;
    if (profile.organizationId !== grant.organizationId) return FORBIDDEN;
    const commits = profile.branches.find(({ id }) => id === query['branchId'])?.commits ?? [];
    const page = Number(query['Page'] ?? 1);
    const size = Number(query['Size'] ?? DEFAULT_PAGE_SIZE);
    return { status: 200, body: commits.slice((page - 1) * size, page * size) };
  }

  function answer(request: ReceivedRequest, path: string, grant: Grant): Answer | undefined {
    const [, service, version, kind, id = '', part, ...rest] = path.split('/');
    if (service !== 'build' || rest.length > 0) return undefined;
    switch (`${request.method} ${version}/${kind}${id && '/*'}${part === undefined ? '' : `/${part}`}`) {
      case 'GET v2/profiles':
        return listProfiles(grant);
      case 'GET v1/profiles/*':
        return ofProfile(id, grant, ({ name, branches }) => ({ id, name, branches: branches.map(withoutCommits) }));
      case 'GET v2/profiles/*/workflows':
        return ofProfile(id, grant, ({ workflows }) => workflows);
      case 'GET v2/profiles/*/configurations':
        return ofProfile(id, grant, ({ configurations }) => configurations.map((item1) => ({ item1 })));
      case 'GET v2/commits':
        return listCommits(request, grant);
      case 'POST v2/commits/*':
        return start(request, id, grant);
      case 'GET v1/queue/*':
        return ofBuild(
          started.find(({ queueItemId }) => queueItemId === id),
          grant,
          (build) => ({ status: 200, body: { id, buildStatus: statusOf(build) } }),
        );
      case 'POST v3/queue/*/cancel':
        return ofBuild(
          started.find(({ taskId }) => taskId === id),
          grant,
          cancel,
        );
      default:
        return NOT_FOUND;
    }
  }

  return { started, answer };
}

function withoutCommits({ id, name }: { id: string; name: string }): { id: string; name: string } {
  return { id, name };
}

function badRequest(message: string): Answer {
  return { status: 400, body: { message } };
}
