import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'The Appcircle CLI fails: the step fails, nothing stays behind.',
  cli: { faults: [{ exitCode: 3, stderr: 'Could not write the configuration.\n' }] },
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01', 'configure-cli': 'true' },
} satisfies Scenario;
