import { expect, test } from '@jest/globals';
import { withTables } from '../../scripts/readme-tables.ts';

const action = {
  inputs: {
    key: { description: 'The key.\nOne | line.' },
    days: { description: 'How many.', default: 14 },
    server: { description: 'Where.', default: 'https://server.example' },
  },
  outputs: { token: { description: 'The token.' } },
};

test('the tables stand between their markers, and nothing else changes', () => {
  const readme =
    'a\n<!-- inputs:start -->\nold\n<!-- inputs:end -->\nb\n<!-- outputs:start -->\n<!-- outputs:end -->\nc\n';
  const updated = withTables(readme, action);
  expect(updated).toBe(`a
<!-- inputs:start -->
| Input | Description |
| --- | --- |
| \`key\` | The key. One \\| line. |
| \`days\` | How many.<br>Default: \`14\` |
| \`server\` | Where.<br>Default: [server.example](https://server.example) |
<!-- inputs:end -->
b
<!-- outputs:start -->
| Output | Description |
| --- | --- |
| \`token\` | The token. |
<!-- outputs:end -->
c
`);
  expect(withTables(updated, action)).toBe(updated);
});

test('missing markers are an error', () => {
  expect(() => withTables('<!-- inputs:start -->\n<!-- inputs:end -->\n', action)).toThrow(
    '<!-- outputs:start -->',
  );
});
