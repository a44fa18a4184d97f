import { VAULT } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'An API key without a role in the sub-organization, on a server that says so.',
  appcircle: { withoutRole: 'forbidden' },
  inputs: { ...apiKey, 'sub-organization': VAULT.id },
} satisfies Scenario;
