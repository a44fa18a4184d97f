import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A self-hosted server of which one endpoint is missing, although the name of a sub-organization needs both.',
  inputs: {
    ...apiKey,
    'auth-endpoint': 'https://auth.acme.example',
    'sub-organization': 'iOS Team',
  },
} satisfies Scenario;
