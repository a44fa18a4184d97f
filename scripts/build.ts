/**
 * Builds dist/ from src/: tsc takes the types away, ncc puts everything into one file, terser takes out what nothing calls,
 * Biome lays out the rest. Nothing is minified or renamed: security teams read dist/index.js.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = (...path: string[]) => join(root, ...path);

for (const folder of ['build', 'dist']) rmSync(file(folder), { recursive: true, force: true });
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
// Without this, ncc would go by the repository's "type": "module" and write an ES module, which Node starts slower than CommonJS.
writeFileSync(file('build', 'package.json'), '{}\n');
node('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'build/index.js', '-o', 'dist', '--license', 'licenses.txt');
writeFileSync(file('dist', 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(file('dist', 'index.js'), await withoutDeadCode(readFileSync(file('dist', 'index.js'), 'utf8')));
node(
  'node_modules/@biomejs/biome/bin/biome',
  'format',
  '--write',
  '--config-path',
  'scripts/dist.biome.json',
  'dist/index.js',
);

/**
 * Leaves out functions and variables that nothing uses, such as the parts of @actions/core that the action does not need, and the
 * comments of others: of theirs only the code that runs is to be read here, with the file names that say where it is from.
 */
async function withoutDeadCode(code: string): Promise<string> {
  const ours = globSync('**/*.js', { cwd: file('build') })
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
      pure_funcs: ['__nccwpck_require__'],
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
  return withoutWrappers(result.code.replaceAll('\r\n', '\n'));
}

/**
 * Makes blocks of webpack's two functions around everything. V8 reads a function's text once to skip it and once more to run it, and so
 * with two around the others it reads each of them three times. The file is a function already, to Node's `require`.
 */
function withoutWrappers(code: string): string {
  const wrapped = /^\(\(\) => \{(.*)\n {2}\(\(\) => \{(.*?)\n {2}\}\)\(\);(.*)\n\}\)\(\);$/s;
  if (!wrapped.test(code)) throw new Error('webpack wraps in another way now');
  return code.replace(wrapped, (_all, modules, main, rest) => `{${modules}\n  {${main}\n  }${rest}\n}\n`);
}

function node(...args: string[]): void {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(1);
}
