import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import { BindStore, type BindFacts } from '../../application/bind-store.js';
import type { AccountRef } from '../../domain/account.js';
import { textId, type OpenText } from '../../domain/open-texts.js';
import { BINDS, databaseOf, RECEIPTS, type BindDocument, type ReceiptDocument } from './collections.js';

const MOST_OPEN = 5_000;

@Injectable()
export class MongoBindStore extends BindStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get binds(): mongo.Collection<BindDocument> {
    return databaseOf(this.connection).collection<BindDocument>(BINDS);
  }

  override async leftOpen({ tenantId, carrier, id: accountId }: AccountRef): Promise<{
    open: OpenText[];
    unnoted: { id: string; frame: Uint8Array }[];
  }> {
    const bind = await this.binds.findOne({ _id: accountId, tenantId });
    if (!bind?.epoch) return { open: [], unnoted: [] };
    const { epoch, through = 0, open = [] } = bind;
    const receipts = await databaseOf(this.connection)
      .collection<ReceiptDocument>(RECEIPTS)
      .find(
        {
          tenantId,
          carrier,
          accountId,
          providerMessageId: { $gt: textId(epoch, through), $lt: `${epoch}-~` },
        },
        { projection: { providerMessageId: 1, 'raw.body': 1 }, limit: MOST_OPEN },
      )
      .toArray();
    const unnoted = receipts.flatMap(({ providerMessageId: id, raw }) =>
      raw ? [{ id, frame: raw.body.buffer }] : [],
    );
    return { open, unnoted };
  }

  override async begin(
    { tenantId, id }: AccountRef,
    epoch: string,
    open: readonly OpenText[],
  ): Promise<void> {
    await this.binds.updateOne(
      { _id: id, tenantId },
      { $set: { epoch, through: 0, open: [...open] } },
      { upsert: true, writeConcern: { w: 'majority', j: true } },
    );
  }

  override async note(
    { tenantId, id }: AccountRef,
    epoch: string,
    { through, open }: { readonly through: number; readonly open: readonly OpenText[] },
  ): Promise<void> {
    await this.binds.updateOne({ _id: id, tenantId, epoch }, { $set: { through, open: [...open] } });
  }

  override async tell(
    { tenantId, id }: AccountRef,
    bound: boolean,
    problem: string | null,
    at: Date,
  ): Promise<void> {
    const same = await this.binds.findOne({ _id: id, tenantId }, { projection: { bound: 1 } });
    await this.binds.updateOne(
      { _id: id, tenantId },
      {
        $set: {
          bound,
          ...(same?.bound === bound ? {} : { since: at }),
          ...(problem === null ? {} : { problem, problemAt: at }),
        },
      },
      { upsert: true },
    );
  }

  override async facts(tenantId: string, accountId: string): Promise<BindFacts | null> {
    const bind = await this.binds.findOne({ _id: accountId, tenantId });
    if (bind?.bound === undefined || bind.since === undefined) return null;
    const { bound, since, problem = null, problemAt = null } = bind;
    return { bound, since, problem, problemAt };
  }

  override async forget(tenantId: string, accountId: string): Promise<void> {
    await this.binds.deleteOne({ _id: accountId, tenantId });
  }
}
