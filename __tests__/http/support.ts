import { setImmediate } from 'node:timers/promises';
import type { Context } from '../../src/base/context.ts';
import { Connection } from '../../src/http/connection.ts';
import { type FailureData, failureFrom, rawText } from '../support/failures.ts';

/** Things that a test opened, the last of them first when they are closed. */
export class Opened {
  readonly #things: { close(): unknown }[] = [];

  add<T extends { close(): unknown }>(thing: T): T {
    this.#things.push(thing);
    return thing;
  }

  async close(): Promise<void> {
    for (const thing of this.#things.splice(0).reverse()) await thing.close();
  }
}

/** A connection that masks what looks like a token of these tests. */
export function connectTo(origin: string, context: Context): Connection {
  return new Connection(origin, context, ({ body, headers }) => {
    const text = `${JSON.stringify(headers)} ${body.raw}`;
    context.secrets.add(text.match(/token-\w+/g) ?? []);
  });
}

/** What a request ends with, within the deadline. */
export function sendInTime(
  connection: Connection,
  { deadline }: Context,
  path = '/',
): Promise<FailureData> {
  return failureFrom(deadline.limit(connection.send({ path }), () => connection.doing()));
}

/** Waits until a connection says that it is doing something; the sockets are real. */
export async function isDoing(connection: Connection, doing: string): Promise<void> {
  while (!rawText(connection.doing()).includes(doing)) await setImmediate();
}
