import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows: 'A server with nothing but the oldest path for Personal Access Keys.',
  appcircle: { missing: { '/auth/v3/token': 405, '/auth/v2/token': 404 } },
  inputs: { ...personalAccessKey, ...selfHosted },
} satisfies Scenario;
