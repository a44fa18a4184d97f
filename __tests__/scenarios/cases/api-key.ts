import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'An API key becomes a token for its own organization; when the key expires is not known.',
  inputs: apiKey,
} satisfies Scenario;
