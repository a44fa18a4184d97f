import { appendFileSync } from 'node:fs';
import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows:
    'The Appcircle CLI gets the hosts of a self-hosted server. A later step breaks its configuration, so that it stays logged in.',
  cli: {},
  meddle: (file) => appendFileSync(file, '}'),
  inputs: {
    ...personalAccessKey,
    ...selfHosted,
    'key-expires-on': '2027-03-01',
    'configure-cli': 'true',
  },
} satisfies Scenario;
