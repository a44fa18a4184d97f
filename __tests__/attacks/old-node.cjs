// Loaded ahead of the action: makes this Node look as if it were 20.19, the one that 32-bit ARM falls back to, without what Node 18 lacks.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });
const tls = require('node:tls');
// Node's own code calls some of these as it is loaded.
require('node:http');
for (const [object, name] of [
  [Promise, 'withResolvers'],
  [Promise, 'try'],
  [URL, 'parse'],
  [process, 'execve'],
  [tls, 'getCACertificates'],
  [tls, 'setDefaultCACertificates'],
  [Array.prototype, 'toSorted'],
  [Array.prototype, 'toSpliced'],
  [Array.prototype, 'toReversed'],
  [Array.prototype, 'with'],
  [String.prototype, 'toWellFormed'],
])
  delete object[name];
