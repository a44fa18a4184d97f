const { basename, dirname } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Runs those tests first that are likely to notice a mutant: of the same file, then of the same room. The first that fails ends it. */
module.exports = class OwnTestsFirst extends Sequencer {
  constructor(options) {
    super(options);
    // Stryker names the file that it has broken.
    [this.mutated = ''] = options.globalConfig.nonFlagArgs;
  }

  sort(tests) {
    const name = basename(this.mutated, '.ts');
    const room = basename(dirname(this.mutated));
    const rank = ({ path }) => {
      if (basename(path) === `${name}.test.ts`) return 0;
      if (basename(dirname(path)) === room) return 1;
      // Starts processes.
      return basename(path) === 'login.test.ts' ? 3 : 2;
    };
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
};
