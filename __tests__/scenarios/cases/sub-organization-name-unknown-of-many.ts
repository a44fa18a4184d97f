import { worldWithOrganizations } from '../../../sandbox/world.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A name that no organization of many has: the error lists twenty.',
  appcircle: { world: worldWithOrganizations(300) },
  inputs: { ...apiKey, 'sub-organization': 'Team 301' },
} satisfies Scenario;
