import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows: 'A sub-organization on a server with nothing but the oldest path, which can not name one.',
  appcircle: { missing: { '/auth/v3/token': 404, '/auth/v2/token': 404 } },
  inputs: { ...personalAccessKey, ...selfHosted, 'sub-organization': IOS_TEAM.id },
} satisfies Scenario;
