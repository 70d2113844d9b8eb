import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { IngestMetrics } from './ingest-metrics.js';
import { ReceiptStore, type ReceiptRef } from './receipt-store.js';

/** Closes receipts whose event stands where it belongs. */
@Injectable()
export class MarkLanded {
  constructor(
    private readonly store: ReceiptStore,
    private readonly metrics: IngestMetrics,
    private readonly clock: Clock,
  ) {}

  async execute(landed: readonly ReceiptRef[]): Promise<void> {
    failpoint('ingest.landing-heard');
    const byTenant = new Map<string, Set<string>>();
    for (const { tenantId, id } of landed)
      byTenant.set(tenantId, (byTenant.get(tenantId) ?? new Set()).add(id));
    const at = this.clock.now();
    for (const [tenantId, ids] of byTenant) await this.store.land(tenantId, [...ids], at);
    this.metrics.landed(landed.length);
  }
}
