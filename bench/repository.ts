import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that everything here is in. */
export const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));

/** The whole path of something in the repository. */
export function inRepository(...path: string[]): string {
  return join(REPOSITORY, ...path);
}
