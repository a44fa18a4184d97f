import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A name that no organization has: the error lists those there are, and the token of the look-up goes nowhere.',
  inputs: { ...apiKey, 'sub-organization': 'Android Team' },
} satisfies Scenario;
