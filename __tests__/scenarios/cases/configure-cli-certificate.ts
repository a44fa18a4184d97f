import { apiKey, type Scenario, selfHosted } from '../scenario.ts';

export default {
  shows:
    "The Appcircle CLI is logged in at a server of a private authority, which the CLI's own commands have to trust too.",
  cli: {},
  inputs: {
    ...apiKey,
    ...selfHosted,
    'ca-certificate': '<certificate>',
    'key-expires-on': '2027-03-01',
    'configure-cli': 'true',
  },
} satisfies Scenario;
