// npm run demo: runs the action three times against an Appcircle on this machine, and shows what a workflow would show.
import { startAppcircle } from './appcircle/server.ts';
import { scenarios } from './demo/scenarios.ts';
import { showResult, showStep, showVerdict } from './demo/show.ts';
import { runStep } from './runner/step.ts';

const appcircle = await startAppcircle();
try {
  console.log(
    'This runs dist/index.js as GitHub runs it, against a stand-in for Appcircle on this machine: nothing leaves it.\n' +
      'auth-endpoint and api-endpoint are here for that alone; leave them out for appcircle.io.',
  );
  for (const [index, scenario] of scenarios(appcircle, Date.now()).entries()) {
    showStep(index + 1, scenario);
    const result = await runStep({ inputs: scenario.inputs });
    const isRight = scenario.isRight(result);
    showResult(result);
    showVerdict(isRight, result);
    if (!isRight) process.exitCode = 1;
  }
} finally {
  await appcircle.close();
}
