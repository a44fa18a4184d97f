import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A name that two organizations have: the error tells their GUIDs.',
  inputs: { ...apiKey, 'sub-organization': 'Payments' },
} satisfies Scenario;
