import { logOut } from './cli/logout.ts';
import { githubRunner } from './runner/github.ts';

/** How long a CLI that outlives main may still write. Forgejo, Gitea and act end main with SIGKILL, and the CLI has a session of its own. */
const CLI_LIVES_ON_MS = 2000;

const runner = githubRunner();

// A cancel must not stop what undoes the login.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const file = runner.state('cli-configuration');
const login = runner.state('cli-login');

// Nothing but a configuration of the CLI is ever touched, whatever the state says.
if (/@appcircle[\\/]cli-nodejs[\\/](Config[\\/])?config\.json$/.test(file)) {
  if (login === 'begun') setTimeout(undo, CLI_LIVES_ON_MS);
  else undo();
}

function undo(): void {
  const digest = runner.state('cli-token');
  logOut({ file, digest, isStored: login === 'stored' }, runner.log);
}
