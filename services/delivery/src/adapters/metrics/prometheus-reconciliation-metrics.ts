import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { ReconciliationMetrics } from '../../application/reconciliation/reconciliation-metrics.js';
import type { Counts } from '../../domain/reconciliation/reconciliation.js';

interface Login {
  readonly carrier: string;
  readonly accountId: string;
}
const labelNames = ['carrier', 'account'] as const;
const labels = ({ carrier, accountId }: Login) => ({ carrier, account: accountId });

@Injectable()
export class PrometheusReconciliationMetrics extends ReconciliationMetrics {
  private readonly entries: Counter<'carrier' | 'account'>;
  private readonly mended: Counter<'carrier' | 'account' | 'what'>;
  private readonly problems: Counter<'carrier' | 'account'>;
  private readonly lastFinished: Gauge<'carrier' | 'account'>;

  constructor(@Inject(Registry) registry: Registry) {
    super();
    const registers = [registry];
    this.entries = new Counter({
      name: 'partyline_delivery_reconciled_entries_total',
      help: "Entries of carriers' logs that were compared with ours",
      labelNames,
      registers,
    });
    this.mended = new Counter({
      name: 'partyline_delivery_reconciled_total',
      help: 'What comparing mended: texts that no webhook brought, replies that got a status',
      labelNames: [...labelNames, 'what'],
      registers,
    });
    this.problems = new Counter({
      name: 'partyline_delivery_reconciliation_failures_total',
      help: "Pages of carriers' logs that could not be read, and texts that could not be fetched",
      labelNames,
      registers,
    });
    this.lastFinished = new Gauge({
      name: 'partyline_delivery_reconciliation_last_finished_seconds',
      help: 'When a comparison last came to its end (Unix time)',
      labelNames,
      registers,
    });
  }

  override compared(login: Login, entries: number): void {
    this.entries.inc(labels(login), entries);
  }

  override healed(login: Login, counts: Pick<Counts, 'textsHealed' | 'repliesSettled' | 'failures'>): void {
    this.mended.inc({ ...labels(login), what: 'text' }, counts.textsHealed);
    this.mended.inc({ ...labels(login), what: 'reply' }, counts.repliesSettled);
    this.problems.inc(labels(login), counts.failures);
  }

  override finished(login: Login, at: Date): void {
    this.lastFinished.set(labels(login), at.getTime() / 1000);
  }

  override failed(login: Login): void {
    this.problems.inc(labels(login));
  }
}
