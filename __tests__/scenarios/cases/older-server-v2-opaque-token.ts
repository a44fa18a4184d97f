import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows: 'An older server, which may ignore the sub-organization, with a token that is no JWT.',
  appcircle: { missing: { '/auth/v3/token': 404 }, opaqueToken: true },
  inputs: { ...personalAccessKey, ...selfHosted, 'sub-organization': IOS_TEAM.id },
} satisfies Scenario;
