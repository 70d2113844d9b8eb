import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Registry } from '@partyline/observability';
import type { Connection, mongo } from 'mongoose';
import { QuietAlertStore, type QuietAlert } from '../../application/quiet/ports.js';
import { databaseOf } from './database.js';
import { gaugeOfOpen, type OpenUntilEnded } from './open-alerts.js';

interface QuietDocument extends Omit<QuietAlert, 'id'>, OpenUntilEnded {
  readonly _id: string;
  readonly told: boolean;
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
    gaugeOfOpen(
      this.registry,
      {
        name: 'partyline_notify_numbers_quiet',
        help: 'Numbers that usually get texts and have had none for longer than they should',
      },
      () => this.collection,
    );
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
