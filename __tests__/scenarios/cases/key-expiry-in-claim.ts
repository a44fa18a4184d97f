import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that reports the expiry of the key as a claim, in seconds.',
  appcircle: { extraClaims: { keyExpirationDate: Date.parse('2027-05-20T00:00:00Z') / 1000 } },
  inputs: { ...apiKey, summary: 'always' },
} satisfies Scenario;
