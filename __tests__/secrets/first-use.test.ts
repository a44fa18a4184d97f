import { afterEach, expect, jest, test } from '@jest/globals';
import { API_KEY } from '../../sandbox/appcircle/accounts.ts';
import { type Appcircle, startAppcircle } from '../../sandbox/appcircle/server.ts';

let appcircle: Appcircle;

afterEach(() => appcircle.close());

test('an ordinary run compiles no pattern of Unicode, which would take 10 ms', async () => {
  appcircle = await startAppcircle();
  const compile = jest.spyOn(globalThis, 'RegExp');
  const compiled = () => compile.mock.calls.map(String).filter((call) => call.includes('\\p{'));
  // After the spy, so that what is compiled at the start counts too.
  const { MemoryRunner, runInProcess } = await import('../support/in-process.ts');
  const { Foreign } = await import('../../src/base/foreign.ts');
  const { message } = await import('../../src/base/message.ts');
  const runner = new MemoryRunner({
    'api-key-name': API_KEY.name,
    'api-key-secret': API_KEY.secret,
    'auth-endpoint': appcircle.authEndpoint,
    'api-endpoint': appcircle.apiEndpoint,
  });
  // A run without ACTIONS_STEP_DEBUG.
  runner.log.debug = () => {};

  const { failure } = await runInProcess({}, { runner });
  expect([failure, runner.log.warnings]).toEqual([undefined, []]);
  expect(compiled()).toEqual([]);

  runner.log.info(message`${new Foreign('words of others')}`);
  expect(compiled()).not.toEqual([]);
});
