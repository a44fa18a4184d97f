/** Names of what main leaves for post, by way of the runner. */

/** Set whenever main was started: GitHub starts the same file for both. */
export const mainRan = 'main-ran';

/** Set once the Appcircle CLI is being logged in: the environment of the CLI to go back to. */
export const cliPreviousEnvironment = 'cli-previous-environment';
