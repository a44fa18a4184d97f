import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

const SRC = new URL('../../src/', import.meta.url).href;

/** Starts to record which branches of src/ run. Returns what lists those that did not, as file:line and what stands there. */
export async function recordCoverage(): Promise<() => Promise<string[]>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const scripts = result
      .filter(({ url }) => url.startsWith(SRC))
      .map(({ url, functions }) => ({ url: url.replace(/\?.*/, ''), functions }));
    const missed = scripts.flatMap(({ url, functions }) => {
      const text = readFileSync(fileURLToPath(url), 'utf8');
      const never = functions
        .flatMap(({ ranges }) => ranges)
        .filter(
          ({ count, startOffset, endOffset }) =>
            count === 0 && text.slice(startOffset, endOffset).trim().length > 1,
        );
      return never.map(({ startOffset, endOffset }) => {
        const line = text.slice(0, startOffset).split('\n').length;
        return `${url.slice(SRC.length)}:${line}  ${text.slice(startOffset, endOffset).trim().replace(/\s+/g, ' ').slice(0, 100)}`;
      });
    });
    // The entries are there once for each run.
    const runs = Map.groupBy(scripts, ({ url }) => url.slice(SRC.length));
    return [...Map.groupBy(missed, (branch) => branch)]
      .filter(([branch, times]) => times.length === runs.get(branch.replace(/:.*/, ''))?.length)
      .map(([branch]) => branch);
  };
}
