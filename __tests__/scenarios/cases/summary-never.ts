import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A key that expires soon, with a warning and without a job summary.',
  inputs: { ...apiKey, 'key-expires-on': '2026-11-30', summary: 'never' },
} satisfies Scenario;
