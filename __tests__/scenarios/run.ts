import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';
import { configurationPath } from '../../sandbox/cli/configuration.ts';
import { installCli } from '../../sandbox/cli/install.ts';
import { createAuthority } from '../../sandbox/network/certificates.ts';
import { startProxy } from '../../sandbox/network/proxy.ts';
import { readIfThere } from '../../sandbox/runner/file-commands.ts';
import { runJob } from '../../sandbox/runner/job.ts';
import type { StepResult } from '../../sandbox/runner/step.ts';
import { NOW, type Scenario } from './scenario.ts';

/** What a scenario left behind. */
export interface Run {
  readonly scenario: Scenario;
  readonly main: StepResult;
  /** Only with the CLI: without it post has nothing to undo. */
  readonly post: StepResult | undefined;
  /** The home folder of the job's user. */
  readonly home: string;
  readonly appcircle: Pick<Appcircle, 'requests' | 'connections' | 'issued'>;
  /** Calls of the CLI, and its configuration after main and after post. */
  readonly cli:
    | { readonly calls: string[][]; readonly afterMain: string; readonly afterPost: string }
    | undefined;
}

const AUTH_HOSTS = ['auth.appcircle.io', 'auth.acme.example'];
const API_HOSTS = ['api.appcircle.io', 'api.acme.example'];

const FROZEN = fileURLToPath(new URL('frozen.cjs', import.meta.url));

/** Signs the certificate of all the world's servers. */
const authority = await createAuthority('Acme internal CA');
const certificate = await authority.issue({ hosts: [...AUTH_HOSTS, ...API_HOSTS] });

/** Runs a scenario as a job of one step. */
export async function runScenario(scenario: Scenario): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'appcircle-scenario-'));
  const appcircle = await startAppcircle({
    ...scenario.appcircle,
    ...(scenario.plain ? {} : { tls: certificate }),
    clock: () => NOW,
  });
  const proxy = await startProxy({ hosts: realPorts(appcircle) });
  try {
    scenario.prepare?.(appcircle);
    const cli = scenario.cli && installCli(join(folder, 'cli'), scenario.cli);
    // Nothing but the CLI is on the PATH: a developer's own CLI must not take part.
    const path = cli?.folder ?? join(folder, 'nothing');
    const env = environmentFor(scenario, folder, proxy.url, path);
    const configurationFile = configurationPath(env, process.platform);
    writeCliConfiguration(configurationFile, scenario.configuration);
    let afterMain = '';
    const job = await runJob({
      env,
      debug: scenario.debug ?? false,
      steps: [
        {
          inputs: withCertificate(scenario.inputs),
          ...(!cli && { post: false }),
          afterMain: () => {
            afterMain = readIfThere(configurationFile);
            scenario.meddle?.(configurationFile);
          },
        },
      ],
    });
    const { main, post } = job.steps[0] ?? {};
    if (!main || (cli && !post) || job.leftBehind.length > 0)
      throw new Error('The job did not run all of its phases and end.');
    const { requests, connections, issued } = appcircle;
    return {
      scenario,
      main,
      post,
      home: env['HOME'],
      appcircle: { requests, connections: { ...connections }, issued },
      cli: cli && { calls: cli.calls(), afterMain, afterPost: readIfThere(configurationFile) },
    };
  } finally {
    await Promise.all([appcircle.close(), proxy.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function environmentFor(scenario: Scenario, folder: string, proxy: string, path: string) {
  return {
    ...homeIn(folder),
    PATH: path,
    // As for a workflow that uses the action from its repository, rather than from its own.
    GITHUB_ACTION_REPOSITORY: 'appcircleio/access-token-action',
    GITHUB_ACTION_REF: 'v1',
    NODE_OPTIONS: `--require ${JSON.stringify(FROZEN)}`,
    SCENARIO_NOW: String(NOW),
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    // Node trusts the servers, unless the scenario has the input for their authority.
    ...('ca-certificate' in scenario.inputs ? {} : { NODE_EXTRA_CA_CERTS: authorityIn(folder) }),
    ...scenario.env,
  };
}

function authorityIn(folder: string): string {
  const file = join(folder, 'authority.pem');
  writeFileSync(file, authority.certificatePem);
  return file;
}

function writeCliConfiguration(file: string, text: string | undefined): void {
  if (text === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Where the proxy finds the world's hosts: on ports of this machine. */
function realPorts({ ports }: Appcircle): Record<string, number> {
  const both = (hosts: readonly string[], port: number) =>
    hosts.flatMap((host) => [`${host}:443`, `${host}:80`].map((target) => [target, port]));
  return Object.fromEntries([...both(AUTH_HOSTS, ports.auth), ...both(API_HOSTS, ports.api)]);
}

/** One home for both phases, as on a runner: the CLI keeps its configuration there. */
function homeIn(folder: string) {
  const home = join(folder, 'home');
  mkdirSync(home);
  return { HOME: home, USERPROFILE: home, APPDATA: join(home, 'AppData', 'Roaming') };
}

function withCertificate(inputs: Scenario['inputs']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      value === '<certificate>' ? authority.certificatePem : value,
    ]),
  );
}
