import { personalAccessKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows: 'An endpoint with no Appcircle behind it.',
  appcircle: { pathPrefix: '/elsewhere' },
  inputs: { ...personalAccessKey, ...selfHosted },
} satisfies Scenario;
