import type { Answer } from './exchange.ts';
import type { ReceivedRequest } from './requests.ts';

/** Where the sandbox's MCP server is on the API host; the real one has a host of its own. */
export const MCP_PATH = '/mcp';

interface Call {
  readonly id?: number | string;
  readonly method?: string;
}

/**
 * Answers as an MCP server (streamable HTTP, https://modelcontextprotocol.io/specification) that has one tool. Just enough
 * for a client to connect with its token: what Appcircle's own server offers is not imitated.
 */
export function answerMcp({ method, body, headers }: ReceivedRequest): Answer {
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  if (!/application\/json/.test(headers.accept ?? '') || !/text\/event-stream/.test(headers.accept ?? '')) {
    return { status: 406 };
  }
  const call = JSON.parse(body) as Call;
  if (call.id === undefined) return { status: 202 };
  const result = RESULTS[call.method ?? ''];
  if (result !== undefined) return { status: 200, body: { jsonrpc: '2.0', id: call.id, result } };
  const error = { code: -32_601, message: 'Method not found' };
  return { status: 200, body: { jsonrpc: '2.0', id: call.id, error } };
}

const RESULTS: Readonly<Record<string, unknown>> = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'appcircle-sandbox', version: '1' },
  },
  'tools/list': {
    tools: [{ name: 'list_build_profiles', description: 'Lists build profiles', inputSchema: { type: 'object' } }],
  },
};
