import { apiKey, type Scenario } from '../scenario.ts';

export default {
  shows:
    'A name that would be a workflow command, turns the writing direction and is far too long.',
  inputs: {
    ...apiKey,
    'sub-organization': `::error::##[error]\u001b[31m"\u202Etxt.exe\n::set-env name=PATH::/evil ${'x'.repeat(10_000)}`,
  },
} satisfies Scenario;
