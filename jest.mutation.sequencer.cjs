const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The slow tests last: what starts processes. */
module.exports = class SlowTestsLast extends Sequencer {
  sort(tests) {
    const weight = ({ path }) => (basename(path) === 'login.test.ts' ? 1 : 0);
    return [...tests].sort((a, b) => weight(a) - weight(b) || (a.path < b.path ? -1 : 1));
  }
};
