import type { TokenAnswer } from '../../sandbox/appcircle/tokens.ts';
import { parseCommand } from '../../sandbox/runner/commands.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';

/** A secret, and what to call it. */
export type Named = readonly [name: string, secret: string];

/** The names of the secrets that a text holds, as they are or as a library may have them in a message. */
export function secretsIn(text: string, secrets: readonly Named[]): string[] {
  return secrets
    .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
    .map(([name]) => name);
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}

/** The tokens that were issued. */
export function tokensOf(issued: readonly TokenAnswer[]): Named[] {
  return issued.flatMap(({ access_token, refresh_token, id_token }) =>
    Object.entries({ access_token, refresh_token, id_token }),
  );
}

/** Everything that a phase leaves for people, as it wrote it and as the runner shows it, but for the secrets that the runner is to mask. */
export function seenIn({ stdout, stderr, log, annotations, files }: StepResult): string {
  const said = stdout.split(/\r?\n/).filter((line) => !line.startsWith('::add-mask::'));
  // In a command, `%` is escaped.
  const data = said.map((line) => parseCommand(line)?.data ?? '');
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_STATE: state } = files;
  return [...said, ...data, stderr, log, JSON.stringify(annotations), summary, state].join('\n');
}
