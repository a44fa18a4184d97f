import config from './all.config.js';

const { globalSetup: _built, ...rest } = config;

// Tests of src/ in this process, without dist/: npm run test:unit, for the loop of edit and run.
export default {
  ...rest,
  // These have little to wait for.
  maxWorkers: 3,
  testMatch: [
    '<rootDir>/__tests__/{base,secrets,http,appcircle,cli,report,runner,process}/**/*.test.ts',
    '<rootDir>/__tests__/{settings,key-expiry,main}.test.ts',
  ],
};
