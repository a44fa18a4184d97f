import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AppcircleOptions, startAppcircle } from '../../sandbox/appcircle/server.ts';
import { configurationPath } from '../../sandbox/cli/configuration.ts';
import { type InstallOptions, installCli } from '../../sandbox/cli/install.ts';
import { runStep, type StepOptions, type StepResult } from '../../sandbox/runner/step.ts';
import { apiKey } from '../scenarios/scenario.ts';

/** Where the example lines of docs/ have the CLI's configuration. */
const CONFIGURATION = '/home/runner/.config/@appcircle/cli-nodejs/config.json';
const OLD_NODE = `--require ${fileURLToPath(new URL('../attacks/old-node.cjs', import.meta.url))}`;

/**
 * Lines of the log that no scenario shows, since it takes a process that is cut short, a CLI that hangs or lies, or an older Node. On
 * Windows, which has no signals, there is none of a job that was cancelled.
 */
export async function processLines(): Promise<string[]> {
  const hanging = { faults: [{ on: 'config add', hangs: true }] };
  const lying = { faults: [{ exitCode: 0 }] };
  const results = await Promise.all([
    step({ appcircle: { expiresIn: 0 } }),
    step({ cli: hanging, inputs: { 'configure-cli': 'true', 'timeout-seconds': '2' } }),
    step({ cli: lying, inputs: { 'configure-cli': 'true' } }),
    step({
      cli: hanging,
      inputs: { 'configure-cli': 'true' },
      options: { cancel: { onLine: /valid until/ } },
    }),
    step({
      inputs: { 'api-key-secret': 'wrong' },
      options: { env: { AC_ACCESS_TOKEN: 'a.b.c', GITHUB_ENV: undefined } },
    }),
    step({ options: { env: { NODE_OPTIONS: OLD_NODE } } }),
    postOverBrokenConfiguration(),
  ]);
  return results.flatMap(({ log }) => log.split('\n'));
}

interface Setting {
  readonly appcircle?: AppcircleOptions;
  readonly cli?: InstallOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: StepOptions;
}

async function step({
  appcircle: server = {},
  cli,
  inputs = {},
  options = {},
}: Setting): Promise<StepResult> {
  const appcircle = await startAppcircle(server);
  const home = mkdtempSync(join(tmpdir(), 'appcircle-lines-'));
  const { authEndpoint, apiEndpoint } = appcircle;
  try {
    const path = cli ? { PATH: installCli(join(home, 'cli'), cli).folder } : {};
    const result = await runStep({
      ...options,
      inputs: { ...apiKey, 'auth-endpoint': authEndpoint, 'api-endpoint': apiEndpoint, ...inputs },
      env: { ...path, ...homeAt(home), ...options.env },
    });
    return {
      ...result,
      log: withNames(result.log, home).replaceAll(new URL(authEndpoint).host, 'auth.acme.example'),
    };
  } finally {
    await appcircle.close();
    rmSync(home, { recursive: true });
  }
}

/** The end of a job in which a step has spoilt the CLI's configuration. */
async function postOverBrokenConfiguration(): Promise<StepResult> {
  const home = mkdtempSync(join(tmpdir(), 'appcircle-lines-'));
  try {
    const file = configurationIn(home);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{"envs": {"github-actions": {"AC_ACCESS_TOKEN": "a.b.c"}');
    const state = { 'cli-configuration': file, 'cli-login': 'stored' };
    const result = await runStep({ phase: 'post', state, env: homeAt(home) });
    return { ...result, log: withNames(result.log, home) };
  } finally {
    rmSync(home, { recursive: true });
  }
}

function homeAt(home: string): Record<string, string> {
  return { HOME: home, USERPROFILE: home, APPDATA: join(home, 'AppData', 'Roaming') };
}

function configurationIn(home: string): string {
  return configurationPath(homeAt(home), process.platform);
}

function withNames(log: string, home: string): string {
  return log.replaceAll(configurationIn(home), CONFIGURATION);
}
