import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Gauge, Registry } from 'prom-client';
import { databaseOf, RECEIPTS } from '../mongo/collections.js';
import { OPEN } from '../mongo/indexes.js';

/** How many receipts wait for their conversation, by account, counted when somebody asks. */
@Injectable()
export class OpenReceiptsGauge implements OnModuleInit {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  onModuleInit(): void {
    const open = async (): Promise<{ _id: string; count: number }[]> =>
      databaseOf(this.connection)
        .collection(RECEIPTS)
        .aggregate<{ _id: string; count: number }>(
          [{ $match: { state: 'open' } }, { $group: { _id: '$accountId', count: { $sum: 1 } } }],
          { hint: OPEN.name, timeoutMS: 1_000 },
        )
        .toArray();
    void new Gauge({
      name: 'partyline_ingest_receipts_open',
      help: 'Receipts that are stored and not yet in a conversation',
      labelNames: ['account'],
      registers: [this.registry],
      async collect() {
        this.reset();
        // Without the store there is nothing to tell; the other metrics are still wanted then.
        const counts = await open().catch(() => []);
        for (const { _id, count } of counts) this.set({ account: _id }, count);
      },
    });
  }
}
