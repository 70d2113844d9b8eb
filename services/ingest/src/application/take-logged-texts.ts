import { Injectable, Logger } from '@nestjs/common';
import { currentContext } from '@partyline/bus';
import type { LoggedTextBody, Refusal } from '@partyline/contracts';
import { Clock, fail, ok, type Result } from '@partyline/kernel';
import { FROM_LOG, receiptsOf } from '../domain/receipt.js';
import { AccountStore } from './account-store.js';
import { ReceiptWriter } from './receipt-writer.js';
import { notFound } from './refusal.js';

/**
 * Takes texts that a carrier's own log has and no webhook brought. They go the way of a webhook from here on, with the
 * same ids, so one that comes after all is a duplicate.
 */
@Injectable()
export class TakeLoggedTexts {
  private readonly logger = new Logger(TakeLoggedTexts.name);

  constructor(
    private readonly accounts: AccountStore,
    private readonly writer: ReceiptWriter,
    private readonly clock: Clock,
  ) {}

  async execute(
    tenantId: string,
    accountId: string,
    texts: readonly LoggedTextBody[],
  ): Promise<Result<{ taken: number }, Refusal>> {
    const account = await this.accounts.find(accountId);
    if (account?.tenantId !== tenantId) return notFound(accountId);
    const { correlationId, traceparent } = currentContext();
    const receipts = texts.flatMap(({ sentAt, ...text }) =>
      receiptsOf(account, [{ kind: 'message', ...text, sentAt: sentAt === null ? null : new Date(sentAt) }], {
        receivedAt: this.clock.now(),
        correlationId,
        traceparent: traceparent ?? null,
        raw: {
          method: FROM_LOG,
          query: '',
          headers: {},
          body: Buffer.from(JSON.stringify({ sentAt, ...text })),
        },
      }),
    );
    const appended = await this.writer.append(receipts);
    if (appended !== 'durable') {
      return fail({ code: 'UNAVAILABLE', message: 'The texts could not be stored safely. Send them again.' });
    }
    this.logger.log(`Took ${texts.length} texts from the log of account "${accountId}"`);
    return ok({ taken: texts.length });
  }
}
