import type { Context } from '../base/context.ts';
import { Connection, type Request } from '../http/connection.ts';
import type { Response } from '../http/response.ts';
import { withRetries } from '../http/retry.ts';
import { generalRejection } from './rejection.ts';
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
    const connection = this.#connectionTo(origin);
    const attempt = async () => {
      const response = await connection.send({ ...request, path });
      const rejection = generalRejection(response);
      if (rejection) throw rejection;
      return response;
    };
    return withRetries(attempt, () => connection.doing(), this.#context);
  }

  #connectionTo(origin: string): Connection {
    const known = this.#connections.get(origin);
    if (known) return known;
    const mask = (response: Response) => maskTokens(response, this.#context.secrets);
    const connection = new Connection(origin, this.#context, mask);
    this.#connections.set(origin, connection);
    return connection;
  }
}
