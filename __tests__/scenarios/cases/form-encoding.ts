import { AWKWARD_API_KEY } from '../../../sandbox/appcircle/accounts.ts';
import type { Scenario } from '../scenario.ts';

export default {
  shows:
    'A name and a secret with characters that have a meaning in a form, and white space around them, arrive as they are.',
  inputs: {
    'api-key-name': `  ${AWKWARD_API_KEY.name}  `,
    'api-key-secret': ` ${AWKWARD_API_KEY.secret}\n`,
  },
} satisfies Scenario;
