import type { Asked } from './answers.ts';
import type { Request, VirtualSocket } from './network.ts';
import { isLoopback, type Plan } from './plan.ts';

/** Whether a connection is to the proxy or an endpoint, as the plan wants it. */
export function isAllowedConnection(
  plan: Plan,
  { host, port, secure, tunnel }: VirtualSocket,
): boolean {
  if (host === 'proxy.example') return port === plan.proxy.port;
  const endpoint = [plan.auth, plan.api].find((url) => bare(url) === host && portOf(url) === port);
  if (!endpoint) return false;
  const isInsecure = !secure && !isLoopback(endpoint.hostname);
  if (isInsecure && plan.inputs['allow-insecure-http'] !== 'true') return false;
  const isSecure = endpoint.protocol === 'https:';
  return secure === isSecure && plan.usesProxy(endpoint) === (tunnel !== undefined);
}

/** Whether a proxy was asked for a tunnel to an endpoint, with the proxy's own login and no key. */
export function isAllowedTunnel(plan: Plan, { path, headers }: Request): boolean {
  const { authorization, 'proxy-authorization': login } = headers;
  if (authorization || login !== plan.proxy.authorization) return false;
  return [plan.auth, plan.api].some((url) => path === `${url.hostname}:${portOf(url)}`);
}

/** Whether a request is for the endpoint that it should go to, and takes the right way there. */
export function isAllowedRequest(plan: Plan, { method, url, route, headers }: Asked): boolean {
  const endpoint = method === 'POST' ? plan.auth : plan.api;
  if (!url.href.startsWith(endpoint.href)) return false;
  if (plan.usesProxy(url) !== (route !== 'direct')) return false;
  return route !== 'proxy' || headers['proxy-authorization'] === plan.proxy.authorization;
}

function bare({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === 'https:' ? 443 : 80));
}
