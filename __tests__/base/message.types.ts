/**
 * What must not compile. tsc checks this file, nothing runs it: a line below `@ts-expect-error` that does compile is an error.
 */

import type { Log } from '../../src/base/context.ts';
import { Failure } from '../../src/base/failure.ts';
import { Foreign } from '../../src/base/foreign.ts';
import { type Message, message, words } from '../../src/base/message.ts';

declare const log: Log;
declare const value: string;
declare const foreign: Foreign;
declare const thrown: unknown;

// What compiles.
log.info(message`text ${value} ${1} ${message`nested ${value}`} ${words`words`}`);
log.info(message`text ${foreign} ${message`nested ${foreign}`}`);
log.debug(() => message`text ${value}`);
log.warning(words`words ${1} ${words`more of them`}`, message`text ${value}`);
new Failure('The connection failed', message`text ${value}`, words`words`);

// A line put together by hand.
// @ts-expect-error
log.info(value);
// @ts-expect-error
log.info(`text ${value}`);
// @ts-expect-error
log.debug(() => `text ${value}`);
// @ts-expect-error
log.warning(words`words`, value);

// A title with a value of another's, for the runner masks no titles.
// @ts-expect-error
log.warning(value, message`text`);
// @ts-expect-error
log.warning(words`title ${value}`, message`text`);
// @ts-expect-error
log.warning(words`title ${message`${value}`}`, message`text`);

// A title with foreign text.
// @ts-expect-error
log.warning(words`title ${foreign}`, message`text`);
// @ts-expect-error
new Failure(foreign, message`It broke.`, message`Mend it.`);

// Foreign text in the place of a message or of own text, and the other way round.
// @ts-expect-error
log.info(foreign);
// @ts-expect-error
const own: string = foreign;
// @ts-expect-error
new Foreign(foreign);

// A failure of plain text, or with a title of its own.
// @ts-expect-error
new Failure('The connection failed', message`It broke.`, `Mend ${value}`);
// @ts-expect-error
new Failure(value, message`It broke.`, message`Mend it.`);
// @ts-expect-error
new Failure('The connection failed', message`It broke.`, message`Mend it.`, { steps: [value] });

// A value that says what it is only once it runs.
// @ts-expect-error
log.info(message`text ${thrown}`);
// @ts-expect-error
log.info(message`text ${{ show: () => value }}`);
// @ts-expect-error
const message_: Message = value;
// @ts-expect-error
const alike: Message = { show: () => value, toString: () => value };

export { alike, message_, own };
