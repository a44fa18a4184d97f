import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A runner whose file for variables is gone.',
  env: { GITHUB_ENV: '/no/such/file' },
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
