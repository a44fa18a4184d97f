import { personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that reports another expiry than key-expires-on does: the server is believed.',
  appcircle: {
    extraFields: { personalAccessKey: { expiresAt: Date.parse('2027-05-20T00:00:00Z') } },
  },
  inputs: { ...personalAccessKey, 'key-expires-on': '2026-11-30' },
} satisfies Scenario;
