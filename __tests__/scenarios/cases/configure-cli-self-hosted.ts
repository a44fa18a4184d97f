import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows: 'The Appcircle CLI gets the hosts of a self-hosted server; logging it out does not work.',
  cli: { faults: [{ onCall: 6, exitCode: 1, stderr: 'The disk is full.\n' }] },
  inputs: { ...personalAccessKey, ...selfHosted, 'key-expires-on': '2027-03-01', 'configure-cli': 'true' },
} satisfies Scenario;
