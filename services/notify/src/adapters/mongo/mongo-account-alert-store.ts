import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import { Registry } from '@partyline/observability';
import type { Connection, mongo } from 'mongoose';
import {
  AccountAlertStore,
  type FailingAccount,
  type NewFailingAccount,
} from '../../application/accounts/ports.js';
import type { Telling } from '../../domain/account-alert.js';
import { databaseOf } from './database.js';
import { gaugeOfOpen, type OpenUntilEnded } from './open-alerts.js';

interface AlertDocument extends Omit<FailingAccount, 'id' | 'told'>, OpenUntilEnded {
  readonly _id: string;
  readonly told: Telling[];
}

@Injectable()
export class MongoAccountAlertStore extends AccountAlertStore implements OnModuleInit {
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
        name: 'partyline_notify_accounts_failing',
        help: 'Carrier accounts whose webhooks are refused or whose replies fail',
      },
      () => this.collection,
    );
  }

  override async keep(alert: NewFailingAccount): Promise<FailingAccount> {
    const { tenantId, accountId, side, name, trouble, noticedAt } = alert;
    const kept = await this.collection.findOneAndUpdate(
      { tenantId, accountId, side, open: true },
      {
        $set: { name, trouble },
        $setOnInsert: {
          _id: derivedId('fa', tenantId, accountId, side, noticedAt.toISOString()),
          noticedAt,
          told: [],
        },
      },
      { upsert: true, returnDocument: 'after' },
    );
    if (!kept) throw new Error(`What is wrong with account "${accountId}" could not be kept`);
    return toAlert(kept);
  }

  override async toldBefore({ tenantId, accountId, id }: FailingAccount, since: Date): Promise<Telling[]> {
    const found = await this.collection
      .find({ tenantId, accountId, _id: { $ne: id }, 'told.at': { $gt: since } })
      .toArray();
    return found.flatMap(({ told }) => told);
  }

  override async markTold({ tenantId, id }: FailingAccount, telling: Telling): Promise<void> {
    await this.collection.updateOne(
      { _id: id, tenantId, 'told.kind': { $ne: telling.kind } },
      { $push: { told: { ...telling } } },
    );
  }

  override async allOpen(): Promise<readonly FailingAccount[]> {
    return (await this.collection.find({ open: true }).hint('open').toArray()).map(toAlert);
  }

  override async openOf(tenantId: string): Promise<readonly FailingAccount[]> {
    return (await this.collection.find({ tenantId, open: true }).sort({ noticedAt: -1 }).toArray()).map(
      toAlert,
    );
  }

  override async end({ tenantId, id }: FailingAccount, at: Date): Promise<void> {
    await this.collection.updateOne({ _id: id, tenantId }, { $set: { endedAt: at }, $unset: { open: '' } });
  }

  private get collection(): mongo.Collection<AlertDocument> {
    return databaseOf(this.connection).collection<AlertDocument>('accountAlerts');
  }
}

const toAlert = ({ _id: id, open: _open, endedAt: _endedAt, ...alert }: AlertDocument): FailingAccount => ({
  id,
  ...alert,
});
