import { expect, test } from '@jest/globals';
import { isGuid } from '../../src/base/guid.ts';

const GUID = 'd3f8a1b6-2c47-4e90-9b3d-5f6e7a8c9d01';

test.each([GUID, GUID.toUpperCase(), '00000000-0000-0000-0000-000000000000'])(
  '%s is a GUID',
  (text) => {
    expect(isGuid(text)).toBe(true);
  },
);

test.each([
  '',
  'iOS Team',
  `{${GUID}}`,
  ` ${GUID}`,
  `${GUID}\n`,
  GUID.replaceAll('-', ''),
  GUID.replace('d', 'g'),
  GUID.slice(1),
  `0${GUID}`,
  'd3f8a1b62-c47-4e90-9b3d-5f6e7a8c9d01',
  `${GUID.slice(0, 35)}\n`,
])('%j is no GUID', (text) => {
  expect(isGuid(text)).toBe(false);
});
