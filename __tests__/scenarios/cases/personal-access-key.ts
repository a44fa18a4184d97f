import { personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A Personal Access Key becomes a token; it lasts for long enough.',
  inputs: { ...personalAccessKey, 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
