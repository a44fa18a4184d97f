import { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';

/**
 * Stops on a Node that lacks what the action uses, such as `tls.setDefaultCACertificates` (24.5). What a failure is reported with, and
 * what is loaded before, must run on Node 18.
 */
export function checkNodeVersion(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 24) return;
  if (major === 24 && minor >= 5) return;
  throw new Failure(
    'Node is too old',
    message`This runner has Node ${version}, but the action needs 24.5 or newer.`,
    message`Update the runner to 2.328.0 or newer. On 32-bit ARM, which runs actions on Node 20, use a 64-bit runner.`,
  );
}
