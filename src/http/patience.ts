import type { ClientRequest } from 'node:http';
import {
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
} from 'node:net';
import type { Context } from '../base/context.ts';
import { noAnswer } from '../base/deadline.ts';
import type { Failure } from '../base/failure.ts';
import { message } from '../base/message.ts';
import { durationInWords } from '../base/time.ts';
import type { Progress } from './progress.ts';

/** What a connection may take at least, until it is up. */
const LEAST_PATIENCE_MS = 5000;
/** What each address of a host but the last may take at most, until it is connected. */
const LONGEST_ADDRESS_MS = 2000;

/** Gives up a connection that is not up in time, or a kept-alive one that brings no byte by then. */
export function giveUpIfSilent(
  request: ClientRequest,
  progress: Progress,
  { clock, deadline }: Context,
  giveUp: (failure: Failure) => void,
): void {
  const patienceMs = Math.max(LEAST_PATIENCE_MS, deadline.limitMs / 3);
  const stop = clock.after(patienceMs, () => {
    const reason = message`Gave up after ${durationInWords(patienceMs)} of ${progress.doing()}`;
    giveUp(noAnswer(reason, { transient: { waitMs: 0 } }));
    request.destroy();
  });
  request.once('close', stop);
  request.once('socket', (socket) => {
    if (request.reusedSocket) {
      progress.waiting();
      socket.once('data', stop);
      return;
    }
    const isUp = 'encrypted' in socket ? 'secureConnect' : 'connect';
    socket.once(isUp, () => {
      progress.waiting();
      stop();
    });
  });
}

/** Gives each address of a host, or of a proxy, more time to connect than Node's 250 ms. A slow network needs more. */
export function allowSlowAddresses(limitMs: number): void {
  const timeoutMs = Math.min(LONGEST_ADDRESS_MS, Math.round(limitMs / 12));
  if (timeoutMs > getDefaultAutoSelectFamilyAttemptTimeout())
    setDefaultAutoSelectFamilyAttemptTimeout(timeoutMs);
}
