import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A name in other capitals: the error suggests the one that was meant, and lists no other.',
  inputs: { ...apiKey, 'sub-organization': 'ios team' },
} satisfies Scenario;
