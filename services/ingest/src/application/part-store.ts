import type { InboundMessage } from '@partyline/contracts';
import type { Join, WaitingPart } from '../domain/parts.js';
import type { Receipt } from '../domain/receipt.js';

export interface PartSet {
  readonly tenantId: string;
  readonly key: string;
}

/** Where parts of long texts wait for each other. Every write is durable when it resolves. */
export abstract class PartStore {
  /** The parts of one text that are not part of a joined one yet. */
  abstract waiting(set: PartSet): Promise<WaitingPart[]>;
  /** Texts of which a part has waited since before `moment`. */
  abstract waitingSince(moment: Date, limit: number): Promise<PartSet[]>;
  /** The commit: false where one of the parts belongs to another text already. */
  abstract commit(join: Join, at: Date): Promise<boolean>;
  /** Whether a text with this key was joined since `moment` without this part. */
  abstract joinedWithout(set: PartSet, number: number, moment: Date): Promise<boolean>;
  /** Joins whose parts do not all know of it yet. */
  abstract unapplied(limit: number): Promise<Join[]>;
  /** The parts of a join as they wait; none once it is applied. */
  abstract partsOf(join: Join): Promise<WaitingPart[]>;
  /** Tells the parts: the lead carries the text from now on, the others follow it. Gives the lead's receipt. */
  abstract apply(join: Join, event: InboundMessage, dueAt: Date): Promise<Receipt | null>;
  /** Lands the parts of texts that landed. */
  abstract landFollowers(at: Date): Promise<void>;
}
