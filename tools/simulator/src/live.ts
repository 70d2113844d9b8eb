import { EventEmitter } from 'node:events';
import type { Text } from './texts.js';

/** Tells the open pages of a phone what is new on it. Nothing is kept: a page that reconnects reads its threads again. */
export class Live {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  tell(text: Text): void {
    this.#emitter.emit(text.phone, text);
  }

  /** Gives the function that ends it. */
  follow(phone: string, listener: (text: Text) => void): () => void {
    this.#emitter.on(phone, listener);
    return () => this.#emitter.off(phone, listener);
  }
}
