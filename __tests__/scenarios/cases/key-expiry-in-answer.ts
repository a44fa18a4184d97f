import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A server that reports the expiry of the key in its answer.',
  appcircle: { extraFields: { api_key_expires_at: '2026-12-01T08:30:00Z' } },
  inputs: apiKey,
} satisfies Scenario;
