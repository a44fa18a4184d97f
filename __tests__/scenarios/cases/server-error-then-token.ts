import { closeAfterRequest, htmlPage } from '../../../sandbox/network/faults.ts';
import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A server that fails once, with a web page, and a connection that breaks: the run tries again.',
  prepare: (appcircle) => {
    appcircle.fail(htmlPage(503));
    appcircle.fail(closeAfterRequest());
  },
  inputs: { ...apiKey, 'key-expires-on': '2027-03-01' },
} satisfies Scenario;
