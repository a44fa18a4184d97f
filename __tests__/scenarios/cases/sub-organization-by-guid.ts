import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'An API key with a role in a sub-organization: its GUID costs no look-up, and its letters may be large.',
  inputs: {
    ...apiKey,
    'sub-organization': IOS_TEAM.id.toUpperCase(),
    'key-expires-on': '2027-03-01',
  },
} satisfies Scenario;
