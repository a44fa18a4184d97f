// Loaded ahead of the action: makes this Node look as if it were 20.19, the one that 32-bit ARM falls back to.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });
const tls = require('node:tls');
for (const [object, name] of [
  [Promise, 'withResolvers'],
  [Promise, 'try'],
  [URL, 'parse'],
  [process, 'execve'],
  [tls, 'getCACertificates'],
  [tls, 'setDefaultCACertificates'],
])
  delete object[name];
