import type { Scenario } from '../scenario.ts';

export default {
  shows: 'Every input that can be wrong is, and all are reported at once, before any request.',
  inputs: {
    'api-key-secret': 'sk_without_a_name',
    'key-expires-on': '2026-02-30',
    'expiry-warning-days': '367',
    'expiry-failure-days': '-1',
    'export-env': 'yes',
    'configure-cli': '1',
    summary: 'sometimes',
    'auth-endpoint': 'http://auth.acme.example',
    'api-endpoint': 'api.acme.example',
    'ca-certificate': './no-such-file.pem',
    'allow-insecure-http': 'on',
    'timeout-seconds': '601',
  },
} satisfies Scenario;
