import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { SendingTallies, type SendingTally } from '../../application/review-sending.js';
import { ATTEMPTS, BY_TIME } from './indexes.js';

/** Enough to tell how it goes, and still an answer within a second. */
const MOST = 50_000;

type Found = Omit<SendingTally, 'cost'> & {
  readonly currency?: string | null;
  readonly millionths: number;
};

@Injectable()
export class MongoSendingTallies extends SendingTallies {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  /** From an index alone. */
  override async since(tenantId: string, since: Date): Promise<SendingTally[]> {
    const fields = { accountId: 1, carrier: 1, status: 1, errorClass: 1, statusAt: 1 };
    const cost = { 'cost.currency': 1, 'cost.millionths': 1 };
    const found = await this.connection
      .getClient()
      .db(this.connection.name)
      .collection(ATTEMPTS)
      .aggregate<Found>(
        [
          { $match: { tenantId, queuedAt: { $gte: since } } },
          { $sort: { queuedAt: -1 } },
          { $limit: MOST },
          { $project: { _id: 0, ...fields, ...cost } },
          {
            $group: {
              _id: {
                accountId: '$accountId',
                carrier: '$carrier',
                status: '$status',
                errorClass: '$errorClass',
                currency: '$cost.currency',
              },
              count: { $sum: 1 },
              millionths: { $sum: '$cost.millionths' },
              lastAt: { $max: '$statusAt' },
            },
          },
          {
            $replaceWith: {
              $mergeObjects: ['$_id', { count: '$count', lastAt: '$lastAt', millionths: '$millionths' }],
            },
          },
        ],
        { hint: BY_TIME },
      )
      .toArray();
    // MongoDB leaves what is null out of a group's key only where it is missing; older attempts have no class.
    return found.map(({ currency, millionths, ...tally }) => ({
      ...tally,
      errorClass: tally.errorClass ?? null,
      cost: currency == null ? null : { currency, millionths },
    }));
  }
}
