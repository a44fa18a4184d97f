import type { When } from '../../sandbox/appcircle/fault-queue.ts';
import type { Fault } from '../../sandbox/network/faults.ts';
import type { ProxyFault } from '../../sandbox/network/proxy.ts';
import type { FailureTitle } from '../../src/base/failure.ts';
import type { BrokenProxy } from './broken-proxy.ts';
import type { LookupFault } from './lookup.ts';

/** What the server shows for a certificate. With none it speaks plain HTTP. */
export type Certificate =
  | 'good'
  | 'with an intermediate'
  | 'expired'
  | 'not yet valid'
  | 'for another host'
  | 'self-signed'
  | 'with an extension that nobody knows'
  | 'good, and asks for one of the client';

/** How the runner comes to trust the authority of the sandbox. */
export type Trust =
  | 'ca-certificate as text'
  | 'ca-certificate as a path'
  | "the system's store"
  | 'not at all';

/** One way in which the world is broken, and how a run in it has to end. */
export interface Row {
  readonly name: string;
  /** What the servers do wrong, in the order in which it strikes. Without a host it is the one that issues tokens. */
  readonly faults?: readonly (Fault | readonly [Fault, When])[];
  /** What strikes the second exchange of a run that looks up a name. */
  readonly faultsAfterLookUp?: readonly Fault[];
  /** Answers to each name look-up, the last one for good. */
  readonly lookups?: readonly LookupFault[];
  readonly certificate?: Certificate;
  /** By default ca-certificate as text, where there is a certificate. */
  readonly trust?: Trust;
  /** A proxy between the runner and the servers, working or not. */
  readonly proxy?: 'works' | 'wants a login' | 'nothing listens' | ProxyFault | BrokenProxy;
  /** Sends the exchange elsewhere; RECORDER in the location stands for a server that notes what reaches it. */
  readonly redirect?: { readonly status: number; readonly location: string | undefined };
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whether nothing listens where the server should be. */
  readonly serverDown?: boolean;
  /** The one platform that has what the row needs. */
  readonly only?: NodeJS.Platform;

  /** How it ends: with a token of the sandbox's, with the token of a fault's whole answer, or with an annotation of this title. */
  readonly ends: 'token' | 'bait token' | FailureTitle;
  /** What the annotation says, among other things. */
  readonly says?: string;
  /** How many requests the servers read. */
  readonly requests?: number;
  /** `timeout-seconds`; by default 1 where time runs out, 20 otherwise. */
  readonly seconds?: number;
  /** Milliseconds after which the run must be over, the start of the process included. By default the time limit and a margin. */
  readonly withinMs?: number;
}

/** What the start of a process and a busy machine may add to the time limit, in milliseconds. */
export const MARGIN_MS = 3000;

/** The time limit of a row's run in seconds. */
export function secondsOf({ seconds, ends }: Row): number {
  return seconds ?? (ends === 'Appcircle did not answer in time' ? 1 : 20);
}
