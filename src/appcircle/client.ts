import { Failure } from '../failure.ts';
import { type Answer, Connection, type Request, type Surroundings } from '../http/connection.ts';
import { withRetries } from '../http/retry.ts';
import { type Credential, tokenRequests } from './credential.ts';
import { findByName, type Organization, type OrganizationPage, parsePage } from './organization.ts';
import { commonFailure, refusal } from './refusal.ts';
import { type AccessToken, notAToken, parseTokenAnswer, tokensIn } from './token.ts';

/** As many as a page may hold: fewer requests, and a server that allows fewer says so with its own `perPage`. */
const ORGANIZATIONS_PER_PAGE = 100;

/** An Appcircle, cloud or self-hosted. Connects to a host once something is asked of it. */
export class AppcircleClient {
  readonly #endpoints: { readonly authEndpoint: string; readonly apiEndpoint: string };
  readonly #surroundings: Surroundings;
  readonly #connections = new Map<string, Connection>();

  constructor(endpoints: { readonly authEndpoint: string; readonly apiEndpoint: string }, surroundings: Surroundings) {
    this.#endpoints = endpoints;
    this.#surroundings = surroundings;
  }

  /**
   * Exchanges a credential for an access token; every token in the answer is masked before it is looked at.
   * @param organization the sub-organization that the token shall be for; the key's own organization without it
   * @throws Failure where there is no token to be had
   */
  async exchange(credential: Credential, organization: Organization | undefined): Promise<AccessToken> {
    const { masks, log, world } = this.#surroundings;
    let [request, ...older] = tokenRequests(credential, organization?.id);
    let missing = '';
    for (;;) {
      const answer = await this.#ask(this.#endpoints.authEndpoint, request);
      if (answer.status === 200) {
        if (missing) log.info(`${answer.host} is an older server: ${request.path} answered, ${missing} is missing.`);
        return parseTokenAnswer(tokenText(answer), world.now());
      }
      // Only a path that is missing tells of an older server; any other answer is an answer to this key.
      if (!isMissing(answer)) throw refusal(answer, credential, organization?.id, masks);
      const [next, ...rest] = older;
      if (!next) throw missing && organization ? tooOld(answer) : refusal(answer, credential, organization?.id, masks);
      missing = request.path;
      [request, older] = [next, rest];
    }
  }

  /**
   * Finds a sub-organization by its name, with the token of the key's own organization.
   * @throws Failure where none or several have it, or the list can't be read
   */
  async findOrganization(name: string, token: AccessToken): Promise<Organization> {
    return findByName(name, (page) => this.#organizationPage(page, token), this.#surroundings.masks);
  }

  /** Ends what is open. */
  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  async #organizationPage(page: number, token: AccessToken): Promise<OrganizationPage> {
    const path = `/identity/v1/organizations?page=${page}&perPage=${ORGANIZATIONS_PER_PAGE}`;
    const answer = await this.#ask(this.#endpoints.apiEndpoint, { path, bearer: token.value });
    if (answer.status === 401 || answer.status === 403) throw mayNotList(answer);
    const text = answer.status === 200 ? textOf(answer) : undefined;
    const parsed = text === undefined ? undefined : parsePage(text);
    if (!parsed) throw unreadableList(answer);
    return parsed;
  }

  /** An answer that is final: throttling, server errors and broken connections are tried again until the deadline. */
  async #ask(endpoint: string, request: Request): Promise<Answer> {
    const { deadline, world, log, masks } = this.#surroundings;
    const { origin } = new URL(endpoint);
    const path = endpoint.slice(origin.length) + request.path;
    const attempt = async () => {
      const answer = await this.#connectionTo(origin).send({ ...request, path });
      const failure = commonFailure(answer, masks, world.now());
      if (failure) throw failure;
      return answer;
    };
    return withRetries(attempt, deadline, world, log);
  }

  #connectionTo(origin: string): Connection {
    const connection = this.#connections.get(origin) ?? new Connection(origin, this.#surroundings, tokensIn);
    this.#connections.set(origin, connection);
    return connection;
  }
}

/** Whether the path is not there, which a server says with 404 or, where another method would be, 405. */
function isMissing({ status }: Answer): boolean {
  return status === 404 || status === 405;
}

/** The text of a token answer. @throws Failure where it is no text, or not in a form that was asked for */
function tokenText(answer: Answer): string {
  const type = answer.headers['content-type'];
  // RFC 6749, section 5.1, has application/json. Text without a type or as plain text may still be it; a web page is not.
  if (type && !/json|^text\/plain/i.test(type))
    throw notAToken(`${answer.host} answered 200 with something other than JSON.`);
  const text = textOf(answer);
  if (text === undefined) throw notAToken(`${answer.host} answered 200 in an encoding that was not asked for.`);
  return text;
}

/** The body as text, a byte order mark left out; `undefined` where it is compressed or not UTF-8. */
function textOf({ headers, body }: Answer): string | undefined {
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function tooOld({ host, status }: Answer): Failure {
  return new Failure(
    'The server is too old for sub-organizations',
    `${host} has neither /auth/v3/token nor /auth/v2/token (HTTP ${status}), and older paths can't name a sub-organization.`,
    'Update the server, or leave sub-organization out and use a key made in that sub-organization; check auth-endpoint too.',
  );
}

function mayNotList({ host, status }: Answer): Failure {
  return new Failure(
    'Not allowed to list organizations',
    `${host} does not let this key list organizations (HTTP ${status}), so that the name of the sub-organization can't be looked up.`,
    'Give the GUID of the sub-organization instead of its name, or give the key a role that may list organizations.',
  );
}

function unreadableList({ host, status }: Answer): Failure {
  return new Failure(
    'The organization list could not be read',
    `${host} answered HTTP ${status} without a list of organizations that can be read.`,
    'Check api-endpoint, or give the GUID of the sub-organization instead of its name.',
  );
}
