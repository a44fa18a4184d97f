import { answer } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A firewall answers in the place of the server, with a page.',
  prepare: (appcircle) =>
    appcircle.fail(
      answer({
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><html><head><title>Attention Required!</title></head><body>Sorry</body></html>',
      }),
    ),
  inputs: apiKey,
} satisfies Scenario;
