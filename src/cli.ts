/** What only a run with `configure-cli` loads and reads: a bundle of its own, `dist/cli.js`. */
export { logIn } from './cli/login.ts';
export { logOut, logOutEarlier } from './cli/logout.ts';
