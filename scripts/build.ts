/**
 * Builds dist/ from src/: tsc takes the types away, ncc gathers what a program uses into one file, terser takes out what nothing calls,
 * Biome lays out the rest. Nothing is minified or renamed: security teams read dist/. What starts processes is a file of its own, which
 * a run without the Appcircle CLI never loads.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = (...path: string[]) => join(root, ...path);

for (const folder of ['build', 'dist']) rmSync(file(folder), { recursive: true, force: true });
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
// Without this, ncc would go by the repository's "type": "module" and write an ES module, which Node starts slower than CommonJS.
writeFileSync(file('build', 'package.json'), '{}\n');
mkdirSync(file('dist'));
writeFileSync(file('dist', 'package.json'), '{ "type": "commonjs" }\n');
const licenses = await bundle('index', withoutWrappers, '--external', './exec.js');
for (const line of (await bundle('exec', (code) => code)).split('\n')) {
  if (!licenses.includes(line)) throw new Error(`dist/exec.js brings a license that dist/index.js does not: ${line}`);
}
writeFileSync(file('dist', 'licenses.txt'), licenses);
const biome = 'node_modules/@biomejs/biome/bin/biome';
node(biome, 'format', '--write', '--config-path', 'scripts/dist.biome.json', 'dist/index.js', 'dist/exec.js');

/** Puts a program and all that it uses into one file in dist/, and gives the text of their licenses. */
async function bundle(name: string, finish: (code: string) => string, ...options: string[]): Promise<string> {
  const [ncc, out] = ['node_modules/@vercel/ncc/dist/ncc/cli.js', `build/bundle/${name}`];
  node(ncc, 'build', `build/${name}.js`, '-o', out, '--license', 'licenses.txt', '--quiet', ...options);
  const code = await withoutDeadCode(withoutCopies(readFileSync(file(out, 'index.js'), 'utf8')));
  writeFileSync(file('dist', `${name}.js`), finish(code));
  return readFileSync(file(out, 'licenses.txt'), 'utf8');
}

/**
 * Leaves out functions and variables that nothing uses, such as the parts of @actions/core that the action does not need, and the
 * comments of others: of theirs only the code that runs is to be read here, with the file names that say where it is from.
 */
async function withoutDeadCode(code: string): Promise<string> {
  const ours = globSync('**/*.js', { cwd: file('build'), exclude: ['bundle/**'] })
    .map((path) => readFileSync(file('build', path), 'utf8'))
    .join('\n');
  const result = await minify(code, {
    toplevel: true,
    mangle: false,
    compress: {
      defaults: false,
      unused: true,
      dead_code: true,
      side_effects: true,
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
      comments: (_node, { value }) => ours.includes(value) || value.includes('CONCATENATED MODULE'),
      ecma: 2020,
    },
  });
  if (result.code === undefined) throw new Error('terser gave no code');
  return result.code.replaceAll('\r\n', '\n');
}

/**
 * Lets CommonJS modules be used as they are: Node's `http` and `https`, which @actions/http-client hands around, and dist/exec.js. webpack
 * would make copies of them at each start, property by property.
 */
function withoutCopies(code: string): string {
  const without = code
    .replaceAll(/__nccwpck_require__\.t\((external_\w+), 2\)/g, '$1')
    .replaceAll(/__nccwpck_require__\.t\.bind\(__nccwpck_require__, (\d+), 23\)/g, '() => __nccwpck_require__($1)')
    .replace(/\/\* webpack\/runtime\/create fake namespace object \*\/.*?(?=\/\* webpack\/runtime\/)/s, '');
  if (without.includes('__nccwpck_require__.t')) throw new Error('webpack copies in another way now');
  return without;
}

/**
 * Makes blocks of webpack's two functions around everything. V8 reads a function's text once to skip it and once more to run it, and so
 * with two around the others it reads each of them three times. The file is a function already, to Node's `require`, and strict as a
 * whole, as the modules in it were.
 */
function withoutWrappers(code: string): string {
  const wrapped = /^\(\(\) => \{(.*)\n {2}\(\(\) => \{\n {4}"use strict";(.*?)\n {2}\}\)\(\);(.*)\n\}\)\(\);$/s;
  if (!wrapped.test(code)) throw new Error('webpack wraps in another way now');
  return code.replace(
    wrapped,
    (_all, modules, main, rest) => `'use strict';\n{${modules}\n  {${main}\n  }${rest}\n}\n`,
  );
}

function node(...args: string[]): void {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(1);
}
