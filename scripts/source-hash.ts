import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** A hash of all of src/, which the build leaves in dist/package.json: it tells whether dist/ is of this src/. */
export function sourceHash(): string {
  const hash = createHash('sha256');
  for (const path of globSync('src/**/*.ts').sort())
    hash.update(`${path.replaceAll('\\', '/')}\n${readFileSync(path, 'utf8')}`);
  return hash.digest('hex');
}
