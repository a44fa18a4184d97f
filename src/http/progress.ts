import { type Message, message } from '../base/message.ts';
import { type Route, throughProxy } from './proxy.ts';

/** How far a request has come. */
export class Progress {
  readonly #route: Route;
  #stage: 'connecting' | 'waiting' | 'reading' = 'connecting';
  #received = 0;

  constructor(route: Route) {
    this.#route = route;
  }

  connecting(): void {
    this.#stage = 'connecting';
  }

  waiting(): void {
    this.#stage = 'waiting';
  }

  reading(received: number): void {
    this.#stage = 'reading';
    this.#received = received;
  }

  /** What the request is waiting for, as the rest of a sentence. */
  doing(): Message {
    const { host, proxy } = this.#route;
    switch (this.#stage) {
      case 'connecting':
        return message`connecting to ${host}${throughProxy(proxy)}.`;
      case 'waiting':
        return message`waiting for ${host} to answer${throughProxy(proxy)}.`;
      case 'reading':
        return message`reading the answer of ${host} (${this.#received} bytes so far).`;
    }
  }
}
