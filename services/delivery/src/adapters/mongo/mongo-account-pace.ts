import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { AccountPace, type PacedAccount } from '../../application/account-pace.js';
import { PACES } from './indexes.js';

/** Moments are milliseconds since the epoch by the database's clock, so that replicas need not agree on theirs. */
interface PaceDocument {
  readonly _id: string;
  readonly tenantId: string;
  /** When it was asked last, and the turn that was given then. */
  readonly asked?: number;
  readonly turn?: number;
  /** When the next turn is. */
  readonly free?: number;
  /** Until when the carrier takes nothing, as it said. */
  readonly heldUntil?: number;
}

const NOW = { $toDouble: '$$NOW' };
/** Whether it outlives the primary does not matter: at worst a few texts leave too early. */
const writeConcern = { w: 1, j: false } as const;

@Injectable()
export class MongoAccountPace extends AccountPace {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get paces(): mongo.Collection<PaceDocument> {
    return this.connection.getClient().db(this.connection.name).collection<PaceDocument>(PACES);
  }

  override async take(account: PacedAccount, perSecond: number): Promise<number> {
    const { turn = 0, asked = 0 } = await this.change(account, [
      { $set: { asked: NOW } },
      { $set: { turn: { $max: ['$asked', '$free', '$heldUntil'] } } },
      { $set: { free: { $add: ['$turn', 1000 / perSecond] } } },
    ]);
    return Math.ceil(turn - asked);
  }

  override async heldFor(account: PacedAccount): Promise<number> {
    const [found] = await this.paces
      .aggregate<{ left: number | null }>([
        { $match: refOf(account) },
        { $project: { left: { $subtract: ['$heldUntil', NOW] } } },
      ])
      .toArray();
    return Math.max(0, Math.ceil(found?.left ?? 0));
  }

  override async holdOff(account: PacedAccount, ms: number): Promise<void> {
    await this.change(account, [{ $set: { heldUntil: { $max: ['$heldUntil', { $add: [NOW, ms] }] } } }]);
  }

  private async change(account: PacedAccount, update: mongo.Document[]): Promise<PaceDocument> {
    const options = { upsert: true, returnDocument: 'after', writeConcern } as const;
    // Two may be the first to ask for an account at once.
    const changed = await unlessNewer(() => this.paces.findOneAndUpdate(refOf(account), update, options));
    if (!changed) throw new Error(`The pace of account "${account.accountId}" could not be kept`);
    return changed;
  }
}

const refOf = ({ tenantId, carrier, accountId }: PacedAccount): Pick<PaceDocument, '_id' | 'tenantId'> => ({
  _id: derivedId('pc', tenantId, carrier, accountId),
  tenantId,
});
