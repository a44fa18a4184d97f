// Loaded ahead of dist/ in a scenario: the wall clock stands still and chance is always the same, so that dates and waits in a log
// are. Deadlines and timers go by another clock, which runs on.
const now = Number(process.env.SCENARIO_NOW);
Date.now = () => now;
Math.random = () => 0.5;
