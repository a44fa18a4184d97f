import { Chance } from './chance.ts';
import { VirtualFiles } from './files.ts';
import { drawPlan, type Plan } from './plan.ts';
import type { Hoard, Planted } from './texts.ts';
import { VirtualTime } from './time.ts';

/** What a seed decides, and what has happened since main started. */
export class World implements Hoard {
  readonly chance: Chance;
  readonly plan: Plan;
  readonly files: VirtualFiles;
  readonly time = new VirtualTime();
  /** What happened, and when. */
  readonly happened: string[] = [];
  /** Everything that must not be seen. */
  readonly secrets: string[];
  readonly planted: Planted[] = [];
  /** How far the wall clock has jumped. */
  jumpedMs = 0;

  constructor(seed: number) {
    this.chance = new Chance(seed);
    this.plan = drawPlan(this.chance);
    this.files = new VirtualFiles(this.plan.files);
    this.secrets = [...this.plan.secrets];
  }

  /** The wall clock of the runner. */
  now = (): number => Math.floor(this.plan.now + this.time.elapsed + this.jumpedMs);

  note = (what: string): void => {
    this.happened.push(`${Math.round(this.time.elapsed)} ms: ${what}`);
  };
}
