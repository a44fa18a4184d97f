import { fileURLToPath } from 'node:url';

/** For the environment of a process that runs TypeScript. Without it each one takes the types away again, for a tenth of a second or more. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: fileURLToPath(
    new URL('../../node_modules/.cache/appcircle-tests', import.meta.url),
  ),
};
