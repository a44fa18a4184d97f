import { readFileSync } from 'node:fs';
import { sourceHash } from '../../scripts/source-hash.ts';

/** Stops a test run whose dist/ is not of this src/: it would test yesterday's code. */
export default function checkBuilt(): void {
  const { source } = JSON.parse(readFileSync('dist/package.json', 'utf8'));
  if (source !== sourceHash())
    throw new Error(
      'dist/ is not built from this src/. Run "npm run build", then the tests again.',
    );
}
