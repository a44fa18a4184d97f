import config from './unit.config.js';

// Only tests that run src/ in this process can notice a mutant: a process of its own runs dist/.
export default {
  ...config,
  testSequencer: '<rootDir>/scripts/jest/mutation-sequencer.cjs',
  // Stryker works in a copy of the tree in .stryker-tmp, which the other configuration passes over.
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
};
