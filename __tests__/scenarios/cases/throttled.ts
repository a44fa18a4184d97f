import { failure } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A server that asks for a longer wait than there is time for: the run ends at once and says so.',
  prepare: (appcircle) => appcircle.fail(failure(429, 120)),
  inputs: apiKey,
} satisfies Scenario;
