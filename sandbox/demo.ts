// npm run demo: runs the action three times against an Appcircle on this machine, and shows what a workflow would show.
import { readFileSync } from 'node:fs';
import { startAppcircle } from './appcircle/server.ts';
import { scenarios } from './demo/scenarios.ts';
import { showResult, showStep, showVerdict } from './demo/show.ts';
import { runStep } from './runner/step.ts';

const action = `${repositorySlug()}@v1`;
const appcircle = await startAppcircle();
try {
  console.log(
    'This runs dist/index.js as GitHub runs it, against a stand-in for Appcircle on this machine: nothing leaves it.\n' +
      'auth-endpoint and api-endpoint are here for that alone; leave them out for appcircle.io.',
  );
  for (const [index, scenario] of scenarios(appcircle, Date.now()).entries()) {
    showStep(index + 1, scenario, action);
    const result = await runStep({ inputs: scenario.inputs });
    const complaint = scenario.complaint(result);
    showResult(result);
    showVerdict(complaint, result);
    if (complaint !== undefined) process.exitCode = 1;
  }
} finally {
  await appcircle.close();
}

/** Reads `owner/name` from the repository's address in package.json. */
function repositorySlug(): string {
  const { repository } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as {
    repository: { url: string };
  };
  return new URL(repository.url.replace('git+', '')).pathname.slice(1).replace(/\.git$/, '');
}
