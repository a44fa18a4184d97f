import { htmlPage } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A login page that answers 200 in the place of Appcircle.',
  prepare: (appcircle) => appcircle.fail(htmlPage()),
  inputs: apiKey,
} satisfies Scenario;
