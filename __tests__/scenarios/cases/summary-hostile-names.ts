import { API_KEY, IOS_TEAM, ROOT } from '../../../sandbox/appcircle/accounts.ts';
import type { Scenario } from '../scenario.ts';

const HOSTILE =
  '</code><img src=x onerror="alert(1)"> | [here](https://evil.example) `@octocat` ##[error]#1';

export default {
  shows:
    'A key and an organization whose names are HTML, Markdown and a workflow command: the summary shows them as text.',
  appcircle: {
    accounts: {
      root: ROOT,
      subOrganizations: [{ id: IOS_TEAM.id, name: HOSTILE }],
      apiKeys: [{ ...API_KEY, name: `${HOSTILE} key` }],
      personalAccessKeys: [],
    },
  },
  inputs: {
    'api-key-name': `${HOSTILE} key`,
    'api-key-secret': API_KEY.secret,
    'sub-organization': HOSTILE,
    'key-expires-on': '2026-11-30',
  },
} satisfies Scenario;
