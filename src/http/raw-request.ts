import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { HttpClient } from '@actions/http-client';
import { LONGEST_TIMEOUT_SECONDS } from '../base/deadline.ts';

/** Its limit of three minutes must not come before the deadline. */
const client = new HttpClient(undefined, [], {
  socketTimeout: (LONGEST_TIMEOUT_SECONDS + 60) * 1000,
});

/**
 * Sends one request through the one method of @actions/http-client that adds nothing. The others send the body, with the secret, to
 * wherever a redirect points, and the job's ACTIONS_ORCHESTRATION_ID in the `User-Agent`.
 * @param watch gets the request before anything is sent
 */
export async function sendRaw(
  url: URL,
  options: RequestOptions,
  body: string | null,
  watch: (request: ClientRequest) => void,
): Promise<IncomingMessage> {
  const scheme = url.protocol === 'https:' ? https : http;
  const httpModule = {
    request(prepared: RequestOptions, onResponse: (response: IncomingMessage) => void) {
      const request = scheme.request(prepared, onResponse);
      // The library does not listen for a 101, and would wait for ever.
      request.once('upgrade', onResponse);
      watch(request);
      return request;
    },
  };
  const { message: incoming } = await client.requestRaw(
    {
      parsedUrl: url,
      httpModule: httpModule as typeof http,
      options: { ...urlToHttpOptions(url), ...options },
    },
    body,
  );
  if (incoming.statusCode === 101) {
    incoming.socket.destroy();
    // As Node's parser stops at it.
    throw Object.assign(new Error('HTTP 101'), { code: 'HPE_PAUSED_UPGRADE' });
  }
  return incoming;
}
