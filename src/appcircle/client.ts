import type { Context } from '../base/context.ts';
import { Connection, type Request } from '../http/connection.ts';
import type { Response } from '../http/response.ts';
import { withRetries } from '../http/retry.ts';
import { commonRejection } from './rejection.ts';
import { maskTokens } from './token.ts';

/** Base URLs without a trailing slash. */
export interface Endpoints {
  readonly authEndpoint: string;
  readonly apiEndpoint: string;
}

/** Talks to an Appcircle, cloud or self-hosted. Connects on first use. */
export class AppcircleClient {
  readonly #endpoints: Endpoints;
  readonly #context: Context;
  readonly #connections = new Map<string, Connection>();

  constructor(endpoints: Endpoints, context: Context) {
    this.#endpoints = endpoints;
    this.#context = context;
  }

  /**
   * Sends a form to the authentication server. Tokens in the response are masked before anything else.
   * @throws Failure where no final response comes. Throttling, server errors and dropped connections are retried until the deadline.
   */
  post(path: string, form: URLSearchParams): Promise<Response> {
    return this.#ask(this.#endpoints.authEndpoint, { path, form });
  }

  /** Gets a path of the API server, likewise. */
  get(path: string, bearer: string): Promise<Response> {
    return this.#ask(this.#endpoints.apiEndpoint, { path, bearer });
  }

  #ask(endpoint: string, request: Request): Promise<Response> {
    const { origin } = new URL(endpoint);
    const path = endpoint.slice(origin.length) + request.path;
    const url = new URL(origin + path);
    const mask = (response: Response) => maskTokens(response, this.#context.secrets);
    const connection = this.#connections.get(origin) ?? new Connection(origin, this.#context, mask);
    this.#connections.set(origin, connection);
    const attempt = async () => {
      const response = await connection.send({ ...request, path });
      const failure = commonRejection(response, url);
      if (failure) throw failure;
      return response;
    };
    return withRetries(attempt, () => connection.doing(), this.#context);
  }
}
