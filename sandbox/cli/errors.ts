/** A mistake of the user's. The CLI prints it on standard error and exits 1. */
export class ProgramError extends Error {}

/** An answer that is no success. Unlike other errors, it says as JSON what happened. */
export class RequestError extends ProgramError {
  readonly #answer: { status: number; statusText: string };

  constructor({ status, statusText }: Response) {
    super(`Request failed with status code ${status}`);
    this.#answer = { status, statusText };
  }

  toJSON(): object {
    return { message: this.message, ...this.#answer };
  }
}

/** A command line that the CLI does not know. It exits 1. */
export class UsageError extends Error {
  constructor(problem = '', command = '[command] [subcommand]') {
    const help = `Use --help to see available commands and options.\nExample: appcircle ${command} --help`;
    super(`Incorrect Usage.\n\n${problem && `${problem}\n\n`}${help}`);
  }
}
