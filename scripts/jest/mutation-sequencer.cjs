const { basename, dirname } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Holds a mutant against the tests of its own room alone: src/http/retry.ts against __tests__/http/, with retry.test.ts first. All
 * tests would find some more, and take hours.
 */
module.exports = class OwnTests extends Sequencer {
  constructor(options) {
    super(options);
    // Stryker names the file that it has broken. Its first run, of unbroken code, names all.
    this.broken = options.globalConfig.nonFlagArgs;
  }

  sort(tests) {
    if (this.broken.length !== 1) return tests;
    const [path] = this.broken;
    const [name, room] = [`${basename(path, '.ts')}.test.ts`, basename(dirname(path))];
    const own = tests.filter((test) =>
      room === 'src' ? basename(test.path) === name : basename(dirname(test.path)) === room,
    );
    return own.sort(
      (a, b) => Number(basename(b.path) === name) - Number(basename(a.path) === name),
    );
  }
};
