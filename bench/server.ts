import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { generatedOrganization, type Organization, ROOT } from '../sandbox/appcircle/accounts.ts';
import { issueTokens } from '../sandbox/appcircle/tokens.ts';
import { listen, type ServerCertificate } from '../sandbox/network/listener.ts';

/** An Appcircle that has its tokens ready, and counts what comes in. */
export interface CountedServer {
  readonly authEndpoint: string;
  readonly apiEndpoint: string;
  /** How many organizations it lists. */
  readonly size: number;
  /** Returns what came in since the last call. */
  takeCounts(): { connections: number; requests: number };
  close(): Promise<void>;
}

const MOST_PER_PAGE = 100;

/** Starts a server that lists so many organizations and, with a certificate, serves HTTPS. */
export async function startServer(size: number, tls?: ServerCertificate): Promise<CountedServer> {
  const organizations = Array.from({ length: size }, (_, index) =>
    generatedOrganization(index + 1),
  );
  const tokens = await issue(ROOT);
  const tokensForSubOrganization = await issue(generatedOrganization(size));
  let [connections, requests] = [0, 0];

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    const form = new URLSearchParams(await text(request));
    if (form.has('organizationId')) return send(response, tokensForSubOrganization);
    if (request.method === 'POST') return send(response, tokens);
    send(response, pageOf(organizations, request.url ?? ''));
  }

  function takeOver(): boolean {
    connections += 1;
    return false;
  }

  const auth = await listen({ onRequest, takeOver, tls });
  const api = await listen({ onRequest, takeOver, tls });
  const scheme = tls ? 'https' : 'http';
  return {
    authEndpoint: `${scheme}://127.0.0.1:${auth.port}`,
    apiEndpoint: `${scheme}://127.0.0.1:${api.port}`,
    size,
    takeCounts() {
      const counts = { connections, requests };
      [connections, requests] = [0, 0];
      return counts;
    },
    async close() {
      await Promise.all([auth.close(), api.close()]);
    },
  };
}

/** Returns a token answer as long as Keycloak's. */
async function issue({ id }: Organization): Promise<string> {
  const grant = {
    organizationId: id,
    email: 'bench@appcircle.test',
    client: 'appcircle-api-key',
    mayListOrganizations: true,
  };
  return JSON.stringify(await issueTokens(grant, 'https://auth.appcircle.test', Date.now()));
}

function pageOf(organizations: readonly Organization[], target: string): string {
  const { searchParams } = new URL(target, 'https://api.appcircle.test');
  const page = Number(searchParams.get('page') ?? 1);
  const perPage = Math.min(Number(searchParams.get('perPage') ?? 20), MOST_PER_PAGE);
  const data = organizations.slice((page - 1) * perPage, page * perPage);
  return JSON.stringify({ data, page, perPage, total: organizations.length });
}

function send(response: ServerResponse, json: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
  response.writeHead(200, headers).end(json);
}
