import type { ReceivedRequest } from './requests.ts';
import type { Grant } from './tokens.ts';

/** An answer before it is sent. A body is sent as JSON, undefined as no body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to the API with a valid token. */
export interface Call extends ReceivedRequest {
  readonly grant: Grant;
  /** The GUIDs in its path. */
  readonly ids: readonly string[];
}

type Route = (call: Call) => Answer;

/** By path (`*` stands for a GUID), then by method. Where the query's `action` decides, it is part of the key: `POST commitFileUpload`. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>;

export const NOT_FOUND: Answer = { status: 404, body: { error: 'Not Found' } };
export const FORBIDDEN: Answer = { status: 403 };
const UNAUTHORIZED: Answer = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
};
const GUIDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Answers a request to the API. `grant` is what its token was issued for, undefined without a valid one. */
export function answerApi(
  routes: Routes,
  request: ReceivedRequest,
  path: string,
  grant: Grant | undefined,
): Answer {
  const { method, query } = request;
  const ids = path.match(GUIDS) ?? [];
  const calls = routes[path.replace(GUIDS, '*')];
  if (calls === undefined) return NOT_FOUND;
  if (grant === undefined) return UNAUTHORIZED;
  const route = calls[`${method} ${query['action']}`] ?? calls[method];
  if (route !== undefined) return route({ ...request, grant, ids });
  const methods = [...new Set(Object.keys(calls).map((call) => call.split(' ', 1).join()))];
  return methods.includes(method)
    ? badRequest(`The action '${query['action']}' is not known here.`)
    : methodNotAllowed(methods.join(', '));
}

/** Answers about something, if there is such a thing and it belongs to the token's organization. */
export function about<Thing extends { readonly organizationId: string }>(
  thing: Thing | undefined,
  { grant }: Call,
  answer: (thing: Thing) => Answer,
): Answer {
  if (thing === undefined) return NOT_FOUND;
  return thing.organizationId === grant.organizationId ? answer(thing) : FORBIDDEN;
}

/** Answers about the thing that the first GUID in the path names. */
export function aboutOne<Key extends string, Thing extends Record<Key | 'organizationId', string>>(
  things: readonly Thing[],
  key: Key,
  answer: (thing: Thing, call: Call) => Answer,
): Route {
  return (call) => {
    const one = things.find((thing) => thing[key] === call.ids[0]);
    return about(one, call, (thing) => answer(thing, call));
  };
}

/** Lists the things that belong to the token's organization. */
export function list<Thing extends { readonly organizationId: string }>(
  things: readonly Thing[],
  show: (thing: Thing) => unknown,
): Route {
  return ({ grant }) =>
    ok(things.filter(({ organizationId }) => organizationId === grant.organizationId).map(show));
}

/** What lists show of a thing. */
export function named({ id, name }: { readonly id: string; readonly name: string }): object {
  return { id, name };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function badRequest(message: string): Answer {
  return { status: 400, body: { message } };
}

export function methodNotAllowed(allow: string): Answer {
  return { status: 405, headers: { allow } };
}
