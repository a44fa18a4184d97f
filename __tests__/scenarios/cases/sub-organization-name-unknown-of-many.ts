import { accountsWithOrganizations } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A name that no organization of many has: the error lists twenty.',
  appcircle: { accounts: accountsWithOrganizations(300) },
  inputs: { ...apiKey, 'sub-organization': 'Team 301' },
} satisfies Scenario;
