/** A webhook of a customer's text that was answered 2xx. */
export interface TakenText {
  /** What it belongs to: a failpoint, a bug. */
  readonly tag: string;
  readonly customer: string;
  /** Nobody else ever writes the same. */
  readonly text: string;
}

/** A person's command, with the answer that it had in the end. */
export interface AnsweredCommand {
  readonly tag: string;
  readonly conversationId: string;
  readonly person: string;
  readonly name: string;
  /** Its Idempotency-Key. */
  readonly key: string;
  readonly expectedEpoch: number | undefined;
  /** Of a reply. */
  readonly text: string | undefined;
  readonly status: number;
  readonly code: string | undefined;
  /** Of a success: the entry that did it, and the conversation after it. */
  readonly seq: number | undefined;
  readonly epoch: number | undefined;
  readonly owner: string | undefined;
}

/** All that the outside was promised. What the product holds is measured against it. */
export class Ledger {
  readonly texts: TakenText[] = [];
  readonly commands: AnsweredCommand[] = [];
  /** Whose conversations are whose, to say where something went wrong. */
  readonly tags = new Map<string, string>();
}
