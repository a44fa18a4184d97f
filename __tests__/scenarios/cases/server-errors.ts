import { failure } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that fails each time, until no other try fits into the time limit.',
  prepare: (appcircle) => appcircle.fail(failure(500), { times: 'always' }),
  inputs: { ...apiKey, 'timeout-seconds': '8' },
} satisfies Scenario;
