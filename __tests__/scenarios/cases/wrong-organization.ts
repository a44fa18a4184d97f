import { VAULT } from '../../../sandbox/appcircle/accounts.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'The server answers with a token for another organization than the one that was asked for.',
  inputs: { ...apiKey, 'sub-organization': VAULT.id },
} satisfies Scenario;
