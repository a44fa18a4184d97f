import { IOS_TEAM } from '../../../sandbox/appcircle/accounts.ts';
import { answer } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that does not take the GUID for one.',
  prepare: (appcircle) =>
    appcircle.fail(
      answer({ status: 400, body: { error: 'organizationId must be a valid GUID.' } }),
    ),
  inputs: { ...apiKey, 'sub-organization': IOS_TEAM.id },
} satisfies Scenario;
