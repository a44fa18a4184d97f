// Prints what CHANGELOG.md says of one release: node scripts/release-notes.ts v1.2.3
import { readFileSync } from 'node:fs';

/**
 * The text below a version's heading in a changelog kept as https://keepachangelog.com describes.
 * Throws when the version has no section, or an empty one.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}] - `));
  const notes = section?.slice(section.indexOf('\n')).trim();
  if (!notes) throw new Error(`CHANGELOG.md has nothing under "## [${version}] - YYYY-MM-DD"`);
  return notes;
}

if (import.meta.main) {
  const tag = process.argv[2] ?? '';
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (tag !== `v${version}`)
    throw new Error(`The tag is "${tag}" but package.json says version ${version}`);
  console.log(releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), version));
}
