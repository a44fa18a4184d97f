import { personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A self-hosted server behind a private authority, at a path of its host.',
  appcircle: { pathPrefix: '/appcircle' },
  inputs: {
    ...personalAccessKey,
    'sub-organization': 'iOS Team',
    'key-expires-on': '2027-03-01',
    'auth-endpoint': 'https://auth.acme.example/appcircle/',
    'api-endpoint': 'https://api.acme.example/appcircle/',
    'ca-certificate': '<certificate>',
  },
} satisfies Scenario;
