import { accountsWithOrganizations } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A sub-organization far down a long list: every page is read, over one connection.',
  appcircle: { accounts: accountsWithOrganizations(250) },
  inputs: { ...apiKey, 'sub-organization': 'Team 249', 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
