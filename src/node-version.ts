import { writeSync } from 'node:fs';

/**
 * Ends the step on a Node that lacks what the action uses, before anything else of it is run: `tls.setDefaultCACertificates` came with 24.5.
 * Only what Node 18 knows may be used here.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 5)) {
  const remedy =
    'Update the runner to 2.328.0 or newer. On 32-bit ARM, which runs actions on Node 20, use a 64-bit runner.';
  writeSync(
    1,
    `::error title=Node is too old::This runner has Node ${process.versions.node}, but the action needs 24.5 or newer. ${remedy}\n`,
  );
  process.exit(1);
}
