import config from './jest.config.js';

// Only tests that run src/ in this process can notice a mutant: a process of its own runs dist/. The fault table could, in
// __tests__/faults/in-process.test.ts, but runs nearly everything for each mutant: many times
// the two hours that the units take on two cores.
export default {
  ...config,
  testMatch: ['<rootDir>/__tests__/*.test.ts', '<rootDir>/__tests__/{appcircle,http,runner}/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/__tests__/(dist|docs|readme)\\.test\\.ts'],
  testSequencer: '<rootDir>/jest.mutation.sequencer.cjs',
  // Stryker works in a copy of the tree in .stryker-tmp, which the other configuration passes over.
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
};
