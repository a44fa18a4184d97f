import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'Endpoints that would send the key astray, and a private key where certificates belong.',
  inputs: {
    ...apiKey,
    'auth-endpoint': 'https://user:hunter2@auth.acme.example',
    'api-endpoint': 'https://api.acme.example/?tenant=1',
    'ca-certificate':
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----',
  },
} satisfies Scenario;
