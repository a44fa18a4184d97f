import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'An answer that tells neither the organization nor how long the token is valid.',
  appcircle: { opaqueToken: true, extraFields: { expires_in: undefined } },
  inputs: { ...apiKey, summary: 'always' },
} satisfies Scenario;
