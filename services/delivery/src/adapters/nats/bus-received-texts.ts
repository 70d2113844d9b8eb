import { Injectable } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import type { CarrierMessage } from '@partyline/carriers';
import { FindMissingTexts, ListCarrierLogins, TakeLoggedTexts, type Refusal } from '@partyline/contracts';
import { ReceivedTexts } from '../../application/reconciliation/received-texts.js';
import type { CarrierLogin } from '../../application/reconciliation/reconciliation-store.js';

const IDS_AT_ONCE = 500;
/** A call has to fit into one message of the bus, which is 1 MB at most. */
const TEXTS_AT_ONCE = 20;

/** Asks ingest. */
@Injectable()
export class BusReceivedTexts extends ReceivedTexts {
  constructor(private readonly calls: CallClient) {
    super();
  }

  override async logins(): Promise<CarrierLogin[]> {
    const logins = valueOf(await this.calls.call(ListCarrierLogins, {}));
    return logins.map(({ since, ...login }) => ({
      ...login,
      since: since === undefined ? null : new Date(since),
    }));
  }

  override async missing(
    { tenantId, carrier, accountId, sharedWith }: CarrierLogin,
    providerMessageIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const missing = new Set<string>();
    for (const ids of inParts(providerMessageIds, IDS_AT_ONCE)) {
      const request = { tenantId, carrier, accountIds: [accountId, ...sharedWith], providerMessageIds: ids };
      for (const id of valueOf(await this.calls.call(FindMissingTexts, request))) missing.add(id);
    }
    return missing;
  }

  override async take(
    { tenantId, accountId }: CarrierLogin,
    texts: readonly CarrierMessage[],
  ): Promise<void> {
    for (const part of inParts(texts, TEXTS_AT_ONCE)) {
      const bodies = part.map((text) => ({
        providerMessageId: text.providerMessageId,
        from: text.from,
        to: text.to,
        group: [...text.group],
        text: text.text,
        media: text.media.map((one) => ({ ...one })),
        segments: text.segments,
        sentAt: text.sentAt?.toISOString() ?? null,
      }));
      valueOf(
        await this.calls.call(TakeLoggedTexts, { tenantId, accountId, texts: bodies }, { timeoutMs: 10_000 }),
      );
    }
  }
}

type Answer<V> = { readonly ok: true; readonly value: V } | { readonly ok: false; readonly error: Refusal };

function valueOf<V>(answer: Answer<V>): V {
  if (answer.ok) return answer.value;
  throw new Error(answer.error.message);
}

function* inParts<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
