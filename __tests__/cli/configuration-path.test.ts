import * as os from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { failureOf } from '../support/failures.ts';

const homedir = jest.fn<() => string>();
jest.unstable_mockModule('node:os', () => ({ ...os, homedir }));
const { configurationPath } = await import('../../src/cli/configuration-path.ts');

const PLATFORM = process.platform;

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: PLATFORM });
});

/** Where the configuration is on a platform, for a user with this home. */
function pathOn(platform: string, variables: Record<string, string>, home: string): string {
  Object.defineProperty(process, 'platform', { value: platform });
  homedir.mockReturnValue(home);
  return configurationPath((name) => variables[name] ?? '');
}

const UNIX = ['@appcircle', 'cli-nodejs', 'config.json'];
const WINDOWS = ['@appcircle', 'cli-nodejs', 'Config', 'config.json'];

test.each([
  ['linux', { XDG_CONFIG_HOME: '/xdg' }, ['/xdg', ...UNIX]],
  ['linux', {}, ['/home', '.config', ...UNIX]],
  ['darwin', { XDG_CONFIG_HOME: 'xdg' }, ['/home', 'Library', 'Preferences', ...UNIX]],
  ['win32', { APPDATA: '/appdata', XDG_CONFIG_HOME: 'xdg' }, ['/appdata', ...WINDOWS]],
  ['win32', {}, ['/home', 'AppData', 'Roaming', ...WINDOWS]],
])('the configuration is where the CLI keeps it on %s with %j', (platform, variables, path) => {
  expect(pathOn(platform, variables, '/home')).toBe(join(...path));
});

test.each([
  ['linux', { XDG_CONFIG_HOME: 'relative' }, 'XDG_CONFIG_HOME'],
  ['linux', {}, 'HOME'],
  ['darwin', {}, 'HOME'],
  ['win32', { APPDATA: 'relative' }, 'APPDATA'],
  ['win32', {}, 'USERPROFILE'],
])(
  'a folder that is no absolute path is refused, on %s with %j: %s',
  (platform, variables, named) => {
    expect(failureOf(() => pathOn(platform, variables, 'relative'))).toEqual({
      title: 'The configuration of the Appcircle CLI is not usable',
      reason: `The Appcircle CLI needs a folder for its configuration, but ${named} is not set to an absolute path.`,
      remedy: `Set ${named} to an absolute path, for this step and those that use the CLI.`,
    });
  },
);

test('a user whose home can not be found is told to set it', () => {
  Object.defineProperty(process, 'platform', { value: 'linux' });
  homedir.mockImplementation(() => {
    throw new Error('ENOENT: uv_os_homedir');
  });
  expect(() => configurationPath(() => '')).toThrow('is not usable');
});
