import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'An API key that expires in nine days: a warning, and a job summary on what to do.',
  inputs: { ...apiKey, 'key-expires-on': '2026-11-30' },
} satisfies Scenario;
