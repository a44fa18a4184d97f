import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'The Appcircle CLI would keep its configuration in the working directory.',
  env: { HOME: '' },
  cli: {},
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01', 'configure-cli': 'true' },
} satisfies Scenario;
