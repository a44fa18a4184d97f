// Draws the pictures in docs/pictures/, in light and dark; with --check, only tells whether they are up to date.
//
// They show the demo's first step, run for this at a time that stands still.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startAppcircle } from '../sandbox/appcircle/server.ts';
import { scenarios } from '../sandbox/demo/scenarios.ts';
import { runStep } from '../sandbox/runner/step.ts';
import { type RunPage, runPicture } from './run-picture.ts';
import { themes } from './svg.ts';

/** Nine days and an hour before a midnight, so that the date in the picture needs no time of day. */
const NOW = Date.parse('2026-11-20T23:00:00Z');

const FROZEN = fileURLToPath(new URL('../__tests__/scenarios/frozen.cjs', import.meta.url));

/** What the demo's first step leaves on the page of its run. */
async function runPage(): Promise<RunPage> {
  const appcircle = await startAppcircle({ clock: () => NOW });
  try {
    const [scenario] = scenarios(appcircle, NOW);
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(FROZEN)}`, SCENARIO_NOW: String(NOW) };
    const result = await runStep({ inputs: scenario?.inputs ?? {}, env });
    const [annotation] = result.annotations;
    const complaint = scenario?.complaint(result);
    if (complaint !== undefined || annotation === undefined)
      throw new Error(
        `The demo's first step did not end as it should: ${complaint}\n${result.log}`,
      );
    return { annotation, summary: result.summary };
  } finally {
    await appcircle.close();
  }
}

/** All pictures, by the names of their files. */
async function pictures(): Promise<Map<string, string>> {
  const page = await runPage();
  return new Map(
    themes.map((theme) => [`docs/pictures/run-${theme.name}.svg`, runPicture(page, theme)]),
  );
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

mkdirSync('docs/pictures', { recursive: true });
for (const [path, picture] of await pictures()) {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, picture);
  } else if (current(path) !== picture) {
    console.error(`${path} does not show what the action says now. Run "npm run pictures".`);
    process.exitCode = 1;
  }
}
