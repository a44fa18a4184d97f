import { answer } from '../../../sandbox/faults.ts';
import { IOS_TEAM } from '../../../sandbox/world.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that does not take the GUID for one.',
  prepare: (appcircle) =>
    appcircle.fail(answer({ status: 400, body: { error: 'organizationId must be a valid GUID.' } })),
  inputs: { ...apiKey, 'sub-organization': IOS_TEAM.id },
} satisfies Scenario;
