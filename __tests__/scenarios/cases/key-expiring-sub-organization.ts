import { personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A Personal Access Key that expires this afternoon, for a sub-organization by name.',
  inputs: {
    ...personalAccessKey,
    'sub-organization': 'iOS Team',
    'key-expires-on': '2026-11-20T19:30:00+03:00',
    'expiry-warning-days': '0',
    'expiry-failure-days': '0',
  },
} satisfies Scenario;
