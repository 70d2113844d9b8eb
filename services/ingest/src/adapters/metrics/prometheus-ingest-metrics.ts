import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { IngestMetrics, type WebhookOutcome } from '../../application/ingest-metrics.js';
import type { AccountRef } from '../../domain/account.js';

@Injectable()
export class PrometheusIngestMetrics extends IngestMetrics {
  private readonly webhooks: Counter<'carrier' | 'account' | 'outcome'>;
  private readonly receipts: Counter<'carrier' | 'account' | 'what'>;
  private readonly batchSize: Histogram;
  private readonly batchSeconds: Histogram;
  private readonly republications: Counter;
  private readonly landings: Counter;
  private readonly binds: Gauge<'account'>;

  constructor(@Inject(Registry) registry: Registry) {
    super();
    const registers = [registry];
    this.webhooks = new Counter({
      name: 'partyline_ingest_webhooks_total',
      help: 'Webhooks by carrier account and outcome',
      labelNames: ['carrier', 'account', 'outcome'],
      registers,
    });
    this.receipts = new Counter({
      name: 'partyline_ingest_receipts_total',
      help: 'Receipts that are durable: new, or stored before',
      labelNames: ['carrier', 'account', 'what'],
      registers,
    });
    this.batchSize = new Histogram({
      name: 'partyline_ingest_commit_receipts',
      help: 'Receipts that shared one durable write',
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500],
      registers,
    });
    this.batchSeconds = new Histogram({
      name: 'partyline_ingest_commit_seconds',
      help: 'Time of one durable write',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.republications = new Counter({
      name: 'partyline_ingest_republished_total',
      help: 'Receipts published again because nobody confirmed them',
      registers,
    });
    this.landings = new Counter({
      name: 'partyline_ingest_landed_total',
      help: 'Confirmations that a receipt stands where it belongs',
      registers,
    });
    this.binds = new Gauge({
      name: 'partyline_ingest_smpp_bound',
      help: 'Of the accounts that this process receives for over SMPP: 1 while it is bound',
      labelNames: ['account'],
      registers,
    });
  }

  override bound({ id }: AccountRef, bound: boolean | null): void {
    if (bound === null) this.binds.remove({ account: id });
    else this.binds.set({ account: id }, bound ? 1 : 0);
  }

  /** Made-up account names get no label of their own, or anyone could fill the memory. */
  override webhook(account: AccountRef | null, outcome: WebhookOutcome): void {
    this.webhooks.inc({ carrier: account?.carrier ?? 'none', account: account?.id ?? 'none', outcome });
  }

  override stored(receipt: { carrier: string; accountId: string }, what: 'new' | 'duplicate'): void {
    this.receipts.inc({ carrier: receipt.carrier, account: receipt.accountId, what });
  }

  override batch(receipts: number, seconds: number): void {
    this.batchSize.observe(receipts);
    this.batchSeconds.observe(seconds);
  }

  override republished(receipts: number): void {
    this.republications.inc(receipts);
  }

  override landed(receipts: number): void {
    this.landings.inc(receipts);
  }
}
