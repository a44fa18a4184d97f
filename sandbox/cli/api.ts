import { RequestError } from './errors.ts';

/** Appcircle's API host, without a trailing slash, and a token for it. */
export interface Server {
  readonly api: string;
  readonly token: string;
}

/** Calls Appcircle. The caller knows what the answer holds. An object is sent as JSON, a string as a form, as the real one does. */
export async function call<Body>(
  server: Server,
  method: string,
  path: string,
  body?: object | string,
): Promise<Body> {
  const headers = { accept: 'application/json', authorization: `Bearer ${server.token}` };
  const response = await fetch(`${server.api}/${path}`, { method, ...encode(body, headers) });
  if (!response.ok) throw new RequestError(response);
  const text = await response.text();
  try {
    return JSON.parse(text) as Body;
  } catch {
    // As axios does, which the real one uses: what is no JSON is a text.
    return text as Body;
  }
}

function encode(
  body: object | string | undefined,
  headers: Record<string, string>,
): Pick<RequestInit, 'headers' | 'body'> {
  if (body === undefined) return { headers };
  const isForm = typeof body === 'string';
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    headers: { ...headers, 'content-type': type },
    body: isForm ? body : JSON.stringify(body),
  };
}
