import { Deadline } from '../../src/http/deadline.ts';
import type { Log } from '../../src/log.ts';
import { Masks } from '../../src/masks.ts';
import { realWorld, type World } from '../../src/world.ts';

/** A log that keeps its lines, debug lines among them. */
export function memoryLog(): Log & { readonly lines: readonly string[]; readonly debugLines: readonly string[] } {
  const lines: string[] = [];
  const debugLines: string[] = [];
  return {
    lines,
    debugLines,
    info: (line) => lines.push(line),
    debug: (line) => debugLines.push(line()),
    notice: (title, message) => lines.push(`${title}: ${message}`),
    warning: (title, message) => lines.push(`${title}: ${message}`),
  };
}

/** A world in which time passes only by waiting, and chance is always the same. */
export function stillWorld(random = 0.5): World & { readonly waits: readonly number[]; pass(ms: number): void } {
  const waits: number[] = [];
  let time = 0;
  return {
    waits,
    pass: (ms) => {
      time += ms;
    },
    now: () => time,
    elapsed: () => time,
    random: () => random,
    sleep: async (ms) => {
      waits.push(ms);
      time += ms;
    },
  };
}

/** What a connection works with, its secrets and lines kept; `clear` ends the deadline's watch. */
export function surroundings({ seconds = 20, world = realWorld }: { seconds?: number; world?: World } = {}) {
  const announced: string[] = [];
  const deadline = new Deadline(seconds * 1000, world);
  return {
    deadline,
    world,
    announced,
    log: memoryLog(),
    masks: new Masks((secret) => announced.push(secret)),
    clear: () => deadline.clear(),
  };
}

/** What stopped a promise. */
export async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`it went well: ${JSON.stringify(value)}`);
    },
    (reason: unknown) => reason,
  );
}
