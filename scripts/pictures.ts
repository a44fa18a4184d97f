// Draws the pictures in docs/pictures/, in light and dark; with --check, only tells whether they are up to date.
//
// They show what the demo's first step leaves on the page of its run on GitHub, run for this at a time that stands still: the
// annotation and the job summary, which is HTML already. The browser of whoever reads README.md lays it out.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startAppcircle } from '../sandbox/appcircle/server.ts';
import { scenarios } from '../sandbox/demo/scenarios.ts';
import { runStep, type StepResult } from '../sandbox/runner/step.ts';

/** Nine days and an hour before a midnight, so that the date in the picture needs no time of day. */
const NOW = Date.parse('2026-11-20T23:00:00Z');

const FROZEN = fileURLToPath(new URL('../__tests__/scenarios/frozen.cjs', import.meta.url));

/** Narrow, so that a phone shows the text at most of its size; high enough for a reader's widest font. */
const [WIDTH, HEIGHT] = [420, 620];

/** The colours of GitHub's pages (primer/primitives). */
const THEMES = {
  light:
    '--page: #ffffff; --border: #d1d9e0; --text: #1f2328; --muted: #59636e; --code: #eff1f3; --warning: #9a6700',
  dark: '--page: #0d1117; --border: #3d444d; --text: #f0f6fc; --muted: #9198a1; --code: #262c36; --warning: #d29922',
};

const LAYOUT = `
  .page { font: 13px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; color: var(--text) }
  .box { margin: 1px 1px 14px; padding: 10px 14px; border: 1px solid var(--border); border-radius: 6px; background: var(--page) }
  .warning { margin: 10px 0 0; padding-left: 26px; text-indent: -26px }
  .sign { display: inline-block; width: 26px; text-indent: 0; color: var(--warning) }
  .muted { color: var(--muted); text-indent: 0 }
  .box > b:first-child { font-size: 14px }
  h3 { margin: 12px 0; font-size: 16px }
  table { border-collapse: collapse }
  th, td { padding: 4px 8px; border: 1px solid var(--border) }
  th, code { white-space: nowrap }
  code { padding: 2px 5px; border-radius: 5px; background: var(--code); font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
  ol { margin: 0; padding-left: 24px }`;

async function runDemo(): Promise<StepResult> {
  const appcircle = await startAppcircle({ clock: () => NOW });
  try {
    const [scenario] = scenarios(appcircle, NOW);
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(FROZEN)}`, SCENARIO_NOW: String(NOW) };
    return await runStep({ inputs: scenario?.inputs ?? {}, env });
  } finally {
    await appcircle.close();
  }
}

function draw({ annotations, summary, log }: StepResult, theme: string): string {
  const [annotation] = annotations;
  if (annotation?.level !== 'warning' || summary === '')
    throw new Error(`The demo's first step did not end as it should:\n${log}`);
  const [title, message] = [escapeXml(annotation.title), escapeXml(annotation.message)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}: the warning and the job summary">
<style>.page { ${theme} }${LAYOUT}</style>
<foreignObject width="${WIDTH}" height="${HEIGHT}">
<div xmlns="http://www.w3.org/1999/xhtml" class="page">
<div class="box"><b>Annotations</b> <span class="muted">1 warning</span>
<div class="warning"><span class="sign">⚠\uFE0E</span><b>${title}</b>
<div class="muted">${message}</div></div></div>
<div class="box"><b>profiles summary</b>
${summary.replaceAll('<br>', '<br/>')}</div>
</div>
</foreignObject>
</svg>
`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const demo = await runDemo();
mkdirSync('docs/pictures', { recursive: true });
for (const [name, theme] of Object.entries(THEMES)) {
  const path = `docs/pictures/run-${name}.svg`;
  const picture = draw(demo, theme);
  if (!process.argv.includes('--check')) writeFileSync(path, picture);
  else if (readFileSync(path, 'utf8') !== picture) {
    console.error(`${path} does not show what the action says now. Run "npm run pictures".`);
    process.exitCode = 1;
  }
}
