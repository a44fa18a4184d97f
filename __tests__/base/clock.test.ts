import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';

test("the system's clock shows what time it is, and never goes back", () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
  const first = systemClock.elapsed();
  expect(systemClock.elapsed()).toBeGreaterThanOrEqual(first);
});

test('calls once the time has passed, unless it is called off', async () => {
  const calls: string[] = [];
  const callOff = systemClock.after(1, () => calls.push('called off'));
  const start = systemClock.elapsed();
  await new Promise<void>((resolve) => systemClock.after(5, resolve));
  callOff();
  expect(systemClock.elapsed() - start).toBeGreaterThan(3);
  systemClock.after(1, () => calls.push('too late'))();
  await setTimeout(5);
  expect(calls).toEqual(['called off']);
});
