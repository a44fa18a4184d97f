import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A key whose date is past, and yet the exchange worked.',
  inputs: { ...apiKey, 'key-expires-on': '2026-11-19' },
} satisfies Scenario;
