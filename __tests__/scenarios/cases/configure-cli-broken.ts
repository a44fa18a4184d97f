import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: "The Appcircle CLI's configuration is empty, and the CLI would exit with a stack trace.",
  cli: {},
  configuration: '',
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01', 'configure-cli': 'true' },
} satisfies Scenario;
