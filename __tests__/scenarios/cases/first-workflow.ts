import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'The first workflow of README.md: an API key that lasts, with its expiry date.',
  inputs: { ...apiKey, 'key-expires-on': '2027-05-20' },
} satisfies Scenario;
