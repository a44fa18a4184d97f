export default {
  rootDir: '../..',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest/strip-types.cjs' },
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  globalSetup: '<rootDir>/__tests__/support/built.ts',
  // Most tests wait for processes and sockets rather than for a processor.
  maxWorkers: 5,
  // A busy machine starts a process in seconds.
  testTimeout: 30_000,
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/.stryker-tmp/', '<rootDir>/dist/'],
  coverageProvider: 'v8',
  collectCoverageFrom: ['<rootDir>/src/**/*.ts'],
};
