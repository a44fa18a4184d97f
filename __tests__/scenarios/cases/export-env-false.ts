import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'Without export-env the token is an output and nothing else.',
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01', 'export-env': 'false' },
} satisfies Scenario;
