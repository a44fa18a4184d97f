/**
 * Builds dist/ from src/: tsc takes the types away, ncc gathers what a program uses into one file, terser takes out what nothing calls,
 * Biome lays out the rest. Nothing is minified, and renamed only where two modules use one name: security teams read dist/.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { sourceHash } from './source-hash.ts';

/** The programs, by their names in dist/. `cli` is one of its own, so that only runs with configure-cli load it. */
const PROGRAMS = ['index', 'post', 'cli'];

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
for (const folder of ['build', 'dist']) rmSync(folder, { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'scripts/build.tsconfig.json');
// Without this, ncc would go by the repository's "type": "module" and write an ES module, which Node starts slower than CommonJS.
writeFileSync('build/package.json', '{}\n');
mkdirSync('dist');
writeFileSync(
  'dist/package.json',
  `${JSON.stringify({ type: 'commonjs', source: sourceHash() })}\n`,
);
const ours = globSync('build/**/*.js').map((path) => readFileSync(path, 'utf8'));
const licenses: string[] = [];
for (const name of PROGRAMS) {
  const out = join('build', 'bundle', name);
  const external = ['--external', './cli.js'];
  run(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    `build/${name}.js`,
    '-o',
    out,
    '--license',
    'licenses.txt',
    '-q',
    ...external,
  );
  writeFileSync(
    `dist/${name}.js`,
    await withoutDeadCode(readFileSync(join(out, 'index.js'), 'utf8')),
  );
  licenses.push(readFileSync(join(out, 'licenses.txt'), 'utf8'));
}
const [all = '', ...others] = licenses;
for (const line of others.join('\n').split('\n'))
  if (!all.includes(line))
    throw new Error(`A program brings a license that dist/index.js does not: ${line}`);
writeFileSync('dist/licenses.txt', all);
const biome = [
  '@biomejs/biome/bin/biome',
  'format',
  '--write',
  '--config-path',
  'scripts/dist.biome.json',
] as const;
run(...biome, ...PROGRAMS.map((name) => `dist/${name}.js`));

/**
 * Leaves out functions and variables that nothing uses, such as the parts of @actions/core that the action does not need, and the
 * comments of others: of theirs only the code that runs is to be read here, with the file names that say where it is from.
 */
async function withoutDeadCode(code: string): Promise<string> {
  const result = await minify(code, {
    toplevel: true,
    mangle: false,
    compress: {
      defaults: false,
      unused: true,
      dead_code: true,
      side_effects: true,
      // Helpers of TypeScript begin with `undefined && …`, which can't run.
      evaluate: true,
      toplevel: true,
      passes: 4,
      // To load a module, to make an object or to read a property counts for nothing where the result is not used.
      pure_funcs: ['__nccwpck_require__', 'require'],
      pure_new: true,
      pure_getters: true,
    },
    format: {
      beautify: true,
      indent_level: 2,
      // Text can't look like something else then, and Node reads ASCII faster.
      ascii_only: true,
      comments: (_node, { value }) =>
        value.length > 3 &&
        (ours.some((text) => text.includes(value)) || value.includes('MODULE: ./')),
      ecma: 2020,
    },
  });
  if (result.code === undefined) throw new Error('terser gave no code');
  return result.code.replaceAll('\r\n', '\n');
}

function run(script: string, ...args: string[]): void {
  const { status, error } = spawnSync(process.execPath, [join('node_modules', script), ...args], {
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) process.exit(1);
}
