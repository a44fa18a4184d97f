/** A key has one line. Of a file that was pasted in its place, the runner masks the rest. */
const MOST_LINES = 50;

/** The forms in which a secret is masked: as it is, trimmed, and each of its lines, since a log shows lines. */
export function masksFor(secret: string): string[] {
  const lines = secret.split(/[\r\n]/, MOST_LINES).map((line) => line.trim());
  return [secret, secret.trim(), ...lines].filter((mask) => mask.trim() !== '');
}
