import { apiKey, personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'Both kinds of credential at once.',
  inputs: { ...apiKey, ...personalAccessKey },
} satisfies Scenario;
