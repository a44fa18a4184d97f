/** What only a run with `configure-cli` loads and reads: a bundle of its own, `dist/cli.js`. */
export { checkCli, logIn } from './cli/login.ts';
export { logOutEarlier } from './cli/logout.ts';
