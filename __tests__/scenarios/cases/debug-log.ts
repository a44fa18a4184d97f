import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    "With ACTIONS_STEP_DEBUG: each request, its status, time, size and the server's request ID; no body, no form.",
  debug: true,
  inputs: { ...apiKey, 'sub-organization': 'iOS Team', 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
