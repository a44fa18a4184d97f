import { EXPIRED_API_KEY } from '../../../sandbox/appcircle/accounts.ts';
import type { Scenario } from '../scenario.ts';

export default {
  shows: 'A key that has expired.',
  inputs: {
    'api-key-name': EXPIRED_API_KEY.name,
    'api-key-secret': EXPIRED_API_KEY.secret,
    'key-expires-on': '2026-01-01',
  },
} satisfies Scenario;
