import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const README = join(import.meta.dirname, 'README.md');

/** Says with which command, when and where something was measured, and at which commit. */
export function describeMeasurement(command: string): string {
  const date = new Date().toISOString().slice(0, 10);
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' });
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 1e9);
  return (
    `Measured with \`${command}\` on ${date} at commit ${commit.trim()}, with Node ${process.version}, ` +
    `on ${processors.length} processors (${processors[0]?.model.trim()}) with ${gigabytes} GB, ${process.platform} ${process.arch}.`
  );
}

/**
 * Replaces the text between `<!-- name:start -->` and `<!-- name:end -->` in README.md.
 * @throws Error if it has no such comments
 */
export function writeSection(name: string, content: string): void {
  const text = readFileSync(README, 'utf8');
  const section = new RegExp(`(?<=<!-- ${name}:start -->\n).*(?=<!-- ${name}:end -->)`, 's');
  if (!section.test(text)) throw new Error(`${README} has no section "${name}".`);
  writeFileSync(
    README,
    text.replace(section, () => `\n${content}\n\n`),
  );
}
