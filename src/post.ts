import { logOut } from './cli/logout.ts';
import { githubRunner } from './runner/github.ts';

const runner = githubRunner();

// A cancel must not stop what undoes the login.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const file = runner.state('cli-configuration');
// Nothing but a configuration of the CLI is ever touched, whatever the state says.
if (/@appcircle[\\/]cli-nodejs[\\/](Config[\\/])?config\.json$/.test(file))
  logOut({ file, environment: runner.state('cli-environment') }, runner.log);
