import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CarrierClient, isBoundCarrier, type OpenAccount } from '@partyline/carriers';
import { fail, ok, type Result } from '@partyline/kernel';
import { CarrierLogs, type ReadableLog } from '../../application/reconciliation/carrier-logs.js';
import type { CarrierLogin } from '../../application/reconciliation/reconciliation-store.js';
import { DeliverySettings } from '../../application/settings.js';
import { AccountBook } from './account-book.js';

@Injectable()
export class HttpCarrierLogs extends CarrierLogs implements OnModuleDestroy {
  private readonly client: CarrierClient;

  constructor(
    private readonly accounts: AccountBook,
    settings: DeliverySettings,
  ) {
    super();
    this.client = new CarrierClient({
      answerTimeoutMs: settings.carrierTimeoutMs,
      allowedOrigins: settings.carrierOrigins,
    });
  }

  override async open({
    tenantId,
    carrier: carrierId,
    accountId,
    sharedWith,
  }: CarrierLogin): Promise<Result<ReadableLog, string>> {
    const found = await this.accounts.find(tenantId, carrierId, accountId);
    if (found.kind !== 'ready') return fail(found.description);
    const others: OpenAccount[] = [];
    for (const id of sharedWith) {
      const other = await this.accounts.find(tenantId, carrierId, id);
      if (other.kind !== 'ready') return fail(other.description);
      others.push(other.account);
    }
    const { carrier, account } = found;
    const log = isBoundCarrier(carrier) ? undefined : carrier.log;
    if (isBoundCarrier(carrier) || !log) {
      return fail(`${carrier.name} has no log of messages that could be read.`);
    }
    return ok({
      name: carrier.name,
      shape: log,
      page: async (query) => {
        const answer = await this.client.read(carrier, log.buildList(query, account), account);
        const page = answer.ok ? log.parseList(answer.value, query, account) : answer;
        if (!page.ok || !log.isKnownOtherwise) return page;
        const entries = page.value.entries.filter(
          (entry) =>
            entry.kind === 'reply' ||
            ![account, ...others].some((one) => log.isKnownOtherwise?.(entry.message, one)),
        );
        return ok({ ...page.value, entries });
      },
      fetch: async (text) => {
        if (!log.buildFetch || !log.parseFetch) return ok(text);
        const answer = await this.client.read(carrier, log.buildFetch(text, account), account);
        return answer.ok ? log.parseFetch(answer.value, text, account) : answer;
      },
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.client.close();
  }
}
