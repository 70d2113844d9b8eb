import { Injectable } from '@nestjs/common';
import {
  TraceMessage,
  TraceReceipt,
  type traceAnswer,
  type Conversation,
  type TimelineItem,
  type Viewer,
} from '@partyline/contracts';
import type { z } from 'zod';
import { Refused } from '../refused.js';
import { Services } from '../services.js';

export interface TextTrace {
  /** What is known of the webhook; null for what did not come in by one. */
  readonly receipt: z.infer<typeof traceAnswer>['receipt'];
  /** Where it stands and why; null while it has not landed. */
  readonly landed: { readonly conversation: Conversation; readonly item: TimelineItem } | null;
}

/** The way of one text, as far as each service knows it. */
@Injectable()
export class TraceText {
  constructor(private readonly services: Services) {}

  async execute(question: Viewer & { messageId: string }): Promise<TextTrace> {
    const [receipt, landed] = await Promise.all([
      this.services.query(TraceReceipt, question).catch(nullWhereNotFound),
      this.services.query(TraceMessage, question).catch(nullWhereNotFound),
    ]);
    if (receipt === null && landed === null) throw new Refused('NOT_FOUND', 'There is no such message.');
    return { receipt, landed };
  }
}

function nullWhereNotFound(error: unknown): null {
  if (error instanceof Refused && error.refusal.code === 'NOT_FOUND') return null;
  throw error;
}
