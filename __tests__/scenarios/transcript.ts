import { createHash } from 'node:crypto';
import type { ReceivedRequest } from '../../sandbox/appcircle/requests.ts';
import type { TokenAnswer } from '../../sandbox/appcircle/tokens.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import type { Run } from './run.ts';

/** Inputs that a workflow takes from its secrets, and how it writes that. */
const SECRET_INPUTS: Readonly<Record<string, string>> = {
  'api-key-secret': 'APPCIRCLE_API_KEY_SECRET',
  'personal-access-key': 'APPCIRCLE_PERSONAL_ACCESS_KEY',
};

const TOKENS = [
  'access_token',
  'refresh_token',
  'id_token',
] as const satisfies (keyof TokenAnswer)[];

/** A scenario as a person reads it: the step, its log, what reached the servers, and what is left for the steps after it. */
export function transcriptOf(run: Run): string {
  const { scenario, main, post, appcircle, cli } = run;
  const requests = [
    ...appcircle.requests.flatMap(requestLines),
    `Connections: ${appcircle.connections.auth} to auth, ${appcircle.connections.api} to api`,
  ];
  const calls = cli?.calls.map((words) => `appcircle ${words.join(' ')}`) ?? [];
  const text = [
    scenario.shows,
    section('Step', stepLines(scenario.inputs)),
    section('Log', lines(main.log)),
    // Their messages stand in the log.
    section(
      'Annotations',
      main.annotations.map(({ level, title }) => `${level}: ${title}`),
    ),
    section('Requests', requests),
    section('The steps after it', resultLines(main)),
    section('Job summary', lines(main.summary)),
    section('State', named(main.state)),
    section('Log at the end of the job', lines(post?.log ?? '')),
    section('Appcircle CLI', calls),
    section('Configuration of the CLI', lines(cli?.afterMain ?? '')),
    section('Configuration of the CLI at the end of the job', lines(cli?.afterPost ?? '')),
  ].join('');
  return `${steady(withPlaceholders(text, run))}\n`;
}

/** The text under a heading of a transcript; empty where it has no such heading. */
export function sectionOf(transcript: string, heading: string): string {
  const [, rest = ''] = transcript.split(`\n=== ${heading} ===\n`);
  const [section = ''] = rest.split('\n=== ');
  return section;
}

/** A heading and its lines; nothing where there are none. */
function section(heading: string, content: readonly string[]): string {
  return content.length === 0 ? '' : `\n\n=== ${heading} ===\n${content.join('\n')}`;
}

function lines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function named(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

function stepLines(inputs: Run['scenario']['inputs']): string[] {
  const given = Object.entries(inputs).map(([name, value]) => {
    const secret = value === '' ? undefined : SECRET_INPUTS[name];
    return `  ${name}: ${secret ? `\${{ secrets.${secret} }}` : shownInput(value)}`;
  });
  return [
    'uses: appcircleio/access-token-action@v1',
    ...(given.length === 0 ? [] : ['with:', ...given]),
  ];
}

/** An input as YAML would have it, where it needs quotes, and cut where it is very long. */
function shownInput(value: string): string {
  const text = /^[\w./:<>+-]+( [\w./:<>+-]+)*$/.test(value) ? value : JSON.stringify(value);
  return text.length <= 400 ? text : `${text.slice(0, 60)}… (${value.length} characters)`;
}

function requestLines({
  host,
  connection,
  method,
  path,
  query,
  headers,
  form,
}: ReceivedRequest): string[] {
  const asked = new URLSearchParams(query).toString();
  return [
    `${method} ${path}${asked && `?${asked}`} (${host}, connection ${connection})`,
    ...named(form).map((field) => `  ${field}`),
    ...(headers.authorization ? [`  Authorization: ${headers.authorization}`] : []),
  ];
}

function resultLines({ exitCode, signal, env, outputs }: StepResult): string[] {
  const how = signal ?? `exit code ${exitCode}`;
  return [
    how,
    ...named(env).map((line) => `env.${line}`),
    ...named(outputs).map((line) => `outputs.${line}`),
  ];
}

/** Names in place of secrets, a token by the order in which the tokens were issued, and GitHub's home folder in place of the job's. */
function withPlaceholders(text: string, { scenario, appcircle, home }: Run): string {
  const secrets = Object.keys(SECRET_INPUTS).map((name): [string, string] => [
    scenario.inputs[name]?.trim() ?? '',
    `<${name}>`,
  ]);
  const tokens = appcircle.issued.flatMap((answer, index) =>
    TOKENS.map((name): [string, string] => [answer[name], `<${name} ${index + 1}>`]),
  );
  const digests = tokens.map(([token, name]): [string, string] => [
    createHash('sha256').update(token).digest('hex'),
    `<SHA-256 of ${name.slice(1, -1)}>`,
  ]);
  return [...tokens, ...digests, ...secrets, [home, '/home/runner'] as const]
    .filter(([secret]) => secret !== '')
    .reduce((done, [secret, name]) => done.replaceAll(secret, name), text);
}

/** What differs from run to run, taken out: durations, the last wait (which is what is left), sizes and the proxy's port. Dates don't differ, see frozen.cjs. */
function steady(text: string): string {
  return text
    .replace(/\bafter [\d.]+ m?s, \d+ bytes/g, 'after <duration>, <size> bytes')
    .replace(/(Retrying in) [\d.]+ m?s( \(attempt \d+\)\.\nError:)/g, '$1 <duration>$2')
    .replace(/(Tried \d+ times in) [\d.]+ m?s/g, '$1 <duration>')
    .replace(/(leaves only) [\d.]+ m?s/g, '$1 <duration>')
    .replace(/(through the proxy 127\.0\.0\.1:)\d+/g, '$1<port>')
    .replace(/(timeout-seconds to) \d+ (or more)/g, '$1 <seconds> $2');
}
