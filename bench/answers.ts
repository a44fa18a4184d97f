import { generatedOrganization, ROOT } from '../sandbox/appcircle/accounts.ts';
import { issueTokens } from '../sandbox/appcircle/tokens.ts';

/** An HTTP request, as far as an answer depends on it. */
export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: string;
}

/** Gives each request its answer: a status and a JSON text. */
export type Answers = (asked: Asked) => { readonly status: number; readonly json: string };

/** As many organizations as a server gives at once, whatever is asked for. */
const MOST_PER_PAGE = 100;

/**
 * The answers of an Appcircle, made once, so that giving one costs next to nothing: two token answers of the size and shape of
 * Keycloak's, and the pages of a list of so many organizations, the last of which is the sub-organization that tokens can be had for.
 */
export async function prepareAnswers(
  authEndpoint: string,
  organizations: number,
): Promise<Answers> {
  const forRoot = JSON.stringify(await tokens(authEndpoint, ROOT.id));
  const forSubOrganization = JSON.stringify(
    await tokens(authEndpoint, generatedOrganization(organizations).id),
  );
  const all = Array.from({ length: organizations }, (_, index) => generatedOrganization(index + 1));
  return ({ method, target, body }) => {
    if (method === 'POST') {
      const ofSubOrganization = /(^|&)(organizationId|subOrganization)=/.test(body);
      return { status: 200, json: ofSubOrganization ? forSubOrganization : forRoot };
    }
    const { pathname, searchParams } = new URL(target, authEndpoint);
    if (pathname !== '/identity/v1/organizations') return { status: 404, json: '{}' };
    const page = Number(searchParams.get('page') ?? 1);
    const perPage = Math.min(Number(searchParams.get('perPage') ?? 20), MOST_PER_PAGE);
    const data = all.slice((page - 1) * perPage, page * perPage);
    return { status: 200, json: JSON.stringify({ data, page, perPage, total: all.length }) };
  };
}

function tokens(authEndpoint: string, organizationId: string): ReturnType<typeof issueTokens> {
  return issueTokens(
    {
      organizationId,
      email: 'bench@appcircle.test',
      client: 'appcircle-api-key',
      mayListOrganizations: true,
    },
    authEndpoint,
    Date.now(),
  );
}
