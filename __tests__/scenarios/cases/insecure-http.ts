import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server without TLS, allowed: the run warns of what others can read.',
  plain: true,
  inputs: {
    ...apiKey,
    'key-expires-on': '2027-03-01',
    'auth-endpoint': 'http://auth.acme.example',
    'api-endpoint': 'http://api.acme.example',
    'allow-insecure-http': 'true',
  },
} satisfies Scenario;
