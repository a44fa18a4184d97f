import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'Inputs that were copied badly: a date with hyphens of a word processor, and a private key in Base64 where certificates belong. The dot and the invisible character of an endpoint do no harm.',
  inputs: {
    ...apiKey,
    'key-expires-on': '2026\u201111\u201130\u200B',
    'auth-endpoint': 'https://auth.appcircle.io.\u200B',
    'ca-certificate': 'MC4CAQAwBQYDK2VwBCIEIPZ1f3nHNqHT5l0m8b4mY2t1ZmFrZWtleWZha2VrZXk=',
  },
} satisfies Scenario;
