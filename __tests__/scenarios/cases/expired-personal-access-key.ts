import { PERSONAL_ACCESS_KEY } from '../../../sandbox/appcircle/accounts.ts';
import { answer } from '../../../sandbox/network/faults.ts';
import { personalAccessKey, type Scenario } from '../scenario.ts';

export default {
  shows: 'A Personal Access Key that has expired, refused with a text that holds the key.',
  prepare: (appcircle) =>
    appcircle.fail(
      answer({
        status: 401,
        body: {
          error: 'invalid_grant',
          error_description: `The key ${PERSONAL_ACCESS_KEY.key} has expired\n::error::ha`,
        },
      }),
    ),
  inputs: personalAccessKey,
} satisfies Scenario;
