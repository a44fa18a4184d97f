import { redirect } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A server that points elsewhere: the request is not repeated there, since it holds the secret.',
  prepare: (appcircle) => appcircle.fail(redirect(307, 'https://login.evil.example/collect?x=1')),
  inputs: apiKey,
} satisfies Scenario;
