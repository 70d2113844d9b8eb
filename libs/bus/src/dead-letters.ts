/** An event that can never be handled, as it came, and why. */
export interface DeadLetter {
  /** The envelope's id; a hash of subject and payload where the envelope cannot be read. */
  readonly id: string;
  readonly tenantId: string | null;
  readonly stream: string;
  readonly subject: string;
  readonly eventId: string | null;
  /** The payload as UTF-8 text, untouched; bytes that are none stand as U+FFFD. */
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The durable consumer that gave up. */
  readonly consumer: string;
  /** Why, in one word: `malformed`, `unknown-event`, or what the handler said. */
  readonly reason: string;
  /** The details for a person. */
  readonly error: string;
}

/** Where events go that can never be handled. Only when this has resolved are they taken off the stream. */
export abstract class DeadLetters {
  /** Durable when it resolves. Storing the same one again only counts it. */
  abstract store(letter: DeadLetter): Promise<void>;
}
