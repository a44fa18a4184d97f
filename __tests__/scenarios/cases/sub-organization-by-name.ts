import { personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A sub-organization by its name: the first token only looks it up, and each host is connected to once.',
  inputs: {
    ...personalAccessKey,
    'sub-organization': 'Rocket 🚀',
    'key-expires-on': '2027-03-01',
    summary: 'always',
  },
} satisfies Scenario;
