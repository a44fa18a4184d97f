import type { Scenario } from '../scenario.ts';

export default {
  shows: 'A secret that is wrong: one request, since another would be refused too.',
  inputs: { 'api-key-name': 'github-actions', 'api-key-secret': 'sk_of_another_key' },
} satisfies Scenario;
