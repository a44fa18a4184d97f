import { NARROW_API_KEY } from '../../../sandbox/appcircle/accounts.ts';
import type { Scenario } from '../scenario.ts';

export default {
  shows: 'A key that may not list organizations, so that no name can be looked up.',
  inputs: {
    'api-key-name': NARROW_API_KEY.name,
    'api-key-secret': NARROW_API_KEY.secret,
    'sub-organization': 'iOS Team',
  },
} satisfies Scenario;
