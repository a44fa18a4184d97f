import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A runner that keeps no state for the end of the job: the CLI is not logged in, since it could not be logged out.',
  env: { GITHUB_STATE: undefined },
  cli: {},
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01', 'configure-cli': 'true' },
} satisfies Scenario;
