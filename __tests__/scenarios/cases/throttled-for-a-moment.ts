import { tooManyRequests } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that throttles and asks for a second: the run waits and gets its token.',
  prepare: (appcircle) => appcircle.fail(tooManyRequests(1)),
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
