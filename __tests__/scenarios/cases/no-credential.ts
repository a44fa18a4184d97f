import type { Scenario } from '../scenario.ts';

export default {
  shows: 'No credential at all, as in a workflow that a fork triggered.',
  inputs: { 'api-key-name': '', 'api-key-secret': '' },
} satisfies Scenario;
