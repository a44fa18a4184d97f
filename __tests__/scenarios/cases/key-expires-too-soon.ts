import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A key that expires within expiry-failure-days: the step fails, and the token is not exported.',
  inputs: { ...apiKey, 'key-expires-on': '2026-11-30', 'expiry-failure-days': '10' },
} satisfies Scenario;
