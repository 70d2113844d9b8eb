import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Gauge, Registry } from '@partyline/observability';
import type { Connection, mongo } from 'mongoose';
import { QuietAlertStore, type QuietAlert } from '../../application/quiet/ports.js';
import { databaseOf } from './database.js';

interface QuietDocument extends Omit<QuietAlert, 'id'> {
  readonly _id: string;
  readonly told: boolean;
  /** Until it ends; absent from then on. */
  readonly open?: true;
  readonly endedAt?: Date;
}

@Injectable()
export class MongoQuietAlertStore extends QuietAlertStore implements OnModuleInit {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly registry: Registry,
  ) {
    super();
  }

  onModuleInit(): void {
    const count = () => this.collection.countDocuments({ open: true }, { hint: 'open', timeoutMS: 1_000 });
    void new Gauge({
      name: 'partyline_notify_numbers_quiet',
      help: 'Numbers that usually get texts and have had none for longer than they should',
      registers: [this.registry],
      async collect() {
        // Without the store there is nothing to tell; the other metrics are still wanted then.
        this.set(await count().catch(() => Number.NaN));
      },
    });
  }

  override async open({ id, ...alert }: QuietAlert): Promise<boolean> {
    const { tenantId } = alert;
    await this.collection.updateOne(
      { _id: id, tenantId },
      { $setOnInsert: { ...alert, told: false, open: true } },
      { upsert: true },
    );
    return (await this.collection.findOne({ _id: id, tenantId, open: true, told: false })) !== null;
  }

  override async markTold(tenantId: string, id: string): Promise<void> {
    await this.collection.updateOne({ _id: id, tenantId }, { $set: { told: true } });
  }

  override async allOpen(): Promise<readonly QuietAlert[]> {
    return (await this.collection.find({ open: true }).hint('open').toArray()).map(toAlert);
  }

  override async openOf(tenantId: string): Promise<readonly QuietAlert[]> {
    const found = await this.collection.find({ tenantId, open: true }).sort({ lastTextAt: -1 }).toArray();
    return found.map(toAlert);
  }

  override async end(tenantId: string, id: string, at: Date): Promise<void> {
    await this.collection.updateOne({ _id: id, tenantId }, { $set: { endedAt: at }, $unset: { open: '' } });
  }

  private get collection(): mongo.Collection<QuietDocument> {
    return databaseOf(this.connection).collection<QuietDocument>('quietAlerts');
  }
}

const toAlert = ({
  _id,
  tenantId,
  number,
  name,
  accountId,
  lastTextAt,
  noticedAt,
}: QuietDocument): QuietAlert => ({
  id: _id,
  tenantId,
  number,
  name,
  accountId,
  lastTextAt,
  noticedAt,
});
