import dns from 'node:dns';

/** How a name look-up ends: with this machine, with an error code of getaddrinfo's, or not at all. */
export type LookupFault =
  | 'resolves'
  | 'ENOTFOUND'
  | 'EAI_AGAIN'
  | 'EAI_FAIL'
  | 'ECONNREFUSED'
  | 'stalls';

type Callback = (
  error: Error | null,
  address?: string | dns.LookupAddress[],
  family?: number,
) => void;

/**
 * Takes the place of `dns.lookup`, which Node's sockets resolve names with, from now on in this process.
 * @param answers to each look-up, the last one for good
 * @returns puts the real one back
 */
export function replaceLookup(answers: readonly LookupFault[]): () => void {
  const real = dns.lookup;
  let asked = 0;
  const lookup = (hostname: string, options: dns.LookupOptions, callback: Callback) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer === 'stalls') return;
    setImmediate(() => {
      if (answer !== 'resolves') return callback(lookupError(hostname, answer ?? ''));
      if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    });
  };
  Object.assign(dns, { lookup });
  return () => {
    Object.assign(dns, { lookup: real });
  };
}

function lookupError(hostname: string, code: string): Error {
  return Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), {
    code,
    syscall: 'getaddrinfo',
    hostname,
  });
}
