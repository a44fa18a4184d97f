const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The slow tests last: what starts processes and, after it, the fault table, which runs nearly everything. */
module.exports = class SlowTestsLast extends Sequencer {
  sort(tests) {
    const slow = ['cli.test.ts', 'in-process.test.ts'];
    const weight = ({ path }) => slow.indexOf(basename(path));
    return [...tests].sort((a, b) => weight(a) - weight(b) || (a.path < b.path ? -1 : 1));
  }
};
