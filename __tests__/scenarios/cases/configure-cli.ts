import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'The Appcircle CLI is logged in, and logged out at the end of the job.',
  cli: {},
  inputs: {
    ...apiKey,
    'sub-organization': IOS_TEAM.id,
    'key-expires-on': '2027-03-01',
    'configure-cli': 'true',
  },
} satisfies Scenario;
