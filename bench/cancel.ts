// Cancels a job at many moments, with and without the CLI: does each end as it should?
//
//   npx node bench/cancel.ts
//
// Ends within three minutes, with exit code 1 if one did not. `--moments 200` tries more of them.
import { parseArgs } from 'node:util';
import {
  type Attack,
  attack,
  whatIsLeftOfTheLogin,
  whatIsWrongWithTheEnd,
} from '../__tests__/attacks/attack.ts';

const { values } = parseArgs({ options: { moments: { type: 'string', default: '50' } } });
const moments = Number(values.moments);

const KINDS: Readonly<Record<string, Attack>> = {
  'without the CLI': {},
  'by name, without the CLI': { inputs: { 'sub-organization': 'iOS Team' } },
  'with the CLI': { cli: {} },
};

for (const [kind, options] of Object.entries(KINDS)) {
  const { main } = await attack(options);
  let good = 0;
  for (let moment = 0; moment < moments; moment += 1) {
    const afterMs = (main.durationMs * moment) / moments;
    const aftermath = await attack({ ...options, cancel: () => ({ afterMs }) });
    const wrong = [
      ...whatIsWrongWithTheEnd(aftermath),
      ...(options.cli ? whatIsLeftOfTheLogin(aftermath) : []),
    ];
    if (wrong.length === 0) good += 1;
    else console.log(`${kind}, cancelled after ${Math.round(afterMs)} ms: ${wrong.join('; ')}`);
  }
  console.log(`${kind}: ${good} of ${moments} ended as they should`);
  if (good < moments) process.exitCode = 1;
}
