import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows:
    'A server without the newest path for Personal Access Keys: the one before it has another field name.',
  appcircle: { missing: { '/auth/v3/token': 404 } },
  inputs: { ...personalAccessKey, ...selfHosted, 'sub-organization': IOS_TEAM.id },
} satisfies Scenario;
