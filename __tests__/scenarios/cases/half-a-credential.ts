import type { Scenario } from '../scenario.ts';

export default {
  shows: 'An API key without its secret, as with a secret of a misspelt name.',
  inputs: { 'api-key-name': 'github-actions', 'api-key-secret': '' },
} satisfies Scenario;
