import { randomUUID } from 'node:crypto';
import type { BuildProfile } from './projects.ts';
import { isForm } from './requests.ts';
import {
  type Answer,
  about,
  aboutOne,
  badRequest,
  type Call,
  named,
  ok,
  type Routes,
} from './routes.ts';

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
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
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

/** Makes the build service of an Appcircle. Each build takes the same course. */
export function createBuilds(profiles: readonly BuildProfile[], course: readonly BuildStage[]) {
  const started: Build[] = [];
  const canceled = new Set<Build>();

  function start(call: Call): Answer {
    const [commitId = ''] = call.ids;
    const profile = profiles.find(({ branches }) =>
      branches.some(({ commits }) => commits.some(({ id }) => id === commitId)),
    );
    return about(profile, call, ({ organizationId, workflows, configurations }) => {
      const { workflowId = '', configurationId } = call.query;
      if (!isForm(call.headers)) return { status: 415 };
      if (call.body !== '{}') return badRequest('The body must be {}.');
      if (!workflows.some(({ id }) => id === workflowId))
        return badRequest('There is no such workflow.');
      if (!configurations.some(({ id }) => id === configurationId))
        return badRequest('There is no such configuration.');
      const ids = { taskId: randomUUID(), queueItemId: randomUUID() };
      started.push({ ...ids, organizationId, commitId, workflowId, startedAt: call.at });
      return ok(ids);
    });
  }

  function statusOf(build: Build, now: number): number | null {
    if (canceled.has(build)) return BUILD_STATUS.canceled;
    let end = build.startedAt;
    const stage = course.find(({ seconds }) => {
      end += seconds * 1000;
      return now < end;
    });
    return (stage ?? course.at(-1))?.status ?? null;
  }

  function listCommits(call: Call): Answer {
    const { branchId } = call.query;
    const profile = profiles.find(({ branches }) => branches.some(({ id }) => id === branchId));
    return about(profile, call, ({ branches }) =>
      ok(branches.find(({ id }) => id === branchId)?.commits),
    );
  }

  function cancel(build: Build): Answer {
    canceled.add(build);
    return ok({});
  }

  const routes: Routes = {
    '/build/v1/profiles/*': {
      GET: aboutOne(profiles, 'id', (profile) =>
        ok({ ...named(profile), branches: profile.branches.map(named) }),
      ),
    },
    '/build/v2/commits': { GET: listCommits },
    '/build/v2/commits/*': { 'POST build': start },
    '/build/v1/queue/*': {
      GET: aboutOne(started, 'queueItemId', (build, { at }) =>
        ok({ id: build.queueItemId, buildStatus: statusOf(build, at) }),
      ),
    },
    '/build/v3/queue/*/cancel': { POST: aboutOne(started, 'taskId', cancel) },
  };
  return { started, routes };
}
