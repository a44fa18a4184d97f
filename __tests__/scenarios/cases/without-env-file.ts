import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A runner that gives no file for variables: nothing is exported, the outputs neither.',
  env: { GITHUB_ENV: undefined },
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
