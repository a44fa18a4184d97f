import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'An answer without expires_in: the token itself tells how long it is valid.',
  appcircle: { extraFields: { expires_in: undefined }, expiresIn: 5400 },
  inputs: apiKey,
} satisfies Scenario;
