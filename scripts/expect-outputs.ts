// Checks all outputs of a workflow's step: OUTPUTS='{…}' node scripts/expect-outputs.ts credential-type=api-key 'key-days-left=[89]'
// OUTPUTS is what toJSON(steps.<id>.outputs) says. Each argument names an output and the pattern that its whole value
// matches; an output that no argument names must not be there.
const outputs: Record<string, string> = JSON.parse(process.env['OUTPUTS'] ?? '');
const patterns = new Map(
  process.argv.slice(2).map((argument) => {
    const [name = '', ...pattern] = argument.split('=');
    return [name, pattern.join('=')];
  }),
);

for (const name of new Set([...patterns.keys(), ...Object.keys(outputs)])) {
  const pattern = patterns.get(name);
  const matches = pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(outputs[name] ?? '');
  if (!matches) process.exitCode = 1;
  console.log(
    `${matches ? 'ok' : 'NOT OK'}  ${name}: "${outputs[name] ?? ''}", expected ${pattern ?? 'not to be there'}`,
  );
}
