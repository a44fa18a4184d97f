import { worldWithOrganizations } from '../../../sandbox/world.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A sub-organization far down a long list: every page is read, over one connection.',
  appcircle: { world: worldWithOrganizations(250) },
  inputs: { ...apiKey, 'sub-organization': 'Team 249', 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
