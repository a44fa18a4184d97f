import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A token that is no JWT: its organization can not be checked, and the log says so.',
  appcircle: { opaqueToken: true },
  inputs: { ...apiKey, 'sub-organization': IOS_TEAM.id },
} satisfies Scenario;
