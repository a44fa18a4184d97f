import { type Answer, type Call, ok } from './routes.ts';

const RESULTS: Readonly<Record<string, unknown>> = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'appcircle-sandbox', version: '1' },
  },
  'tools/list': {
    tools: [
      {
        name: 'list_build_profiles',
        description: 'Lists build profiles',
        inputSchema: { type: 'object' },
      },
    ],
  },
};

/**
 * Answers as an MCP server (streamable HTTP, https://modelcontextprotocol.io/specification) that has one tool. Just enough
 * for a client to connect with its token: what Appcircle's own server offers is not imitated.
 */
export function answerMcp({ body, headers: { accept = '' } }: Call): Answer {
  if (!accept.includes('application/json') || !accept.includes('text/event-stream'))
    return { status: 406 };
  const { id, method } = JSON.parse(body) as { id?: number | string; method: string };
  if (id === undefined) return { status: 202 };
  const result = RESULTS[method];
  const error = { code: -32_601, message: 'Method not found' };
  return ok({ jsonrpc: '2.0', id, ...(result === undefined ? { error } : { result }) });
}
