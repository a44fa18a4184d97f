import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A key that lasts, with a job summary all the same.',
  inputs: { ...apiKey, 'key-expires-on': '2027-05-20', summary: 'always' },
} satisfies Scenario;
