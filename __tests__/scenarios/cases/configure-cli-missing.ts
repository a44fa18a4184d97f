import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'The Appcircle CLI is to be logged in, and there is none.',
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01', 'configure-cli': 'true' },
} satisfies Scenario;
