import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import type { Connection, mongo } from 'mongoose';
import {
  ReconciliationStore,
  type CarrierLogin,
} from '../../application/reconciliation/reconciliation-store.js';
import type { Reconciliation } from '../../domain/reconciliation/reconciliation.js';
import { RECONCILIATIONS } from './indexes.js';

type ReconciliationDocument = Reconciliation & { readonly _id: string };

@Injectable()
export class MongoReconciliationStore extends ReconciliationStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get states(): mongo.Collection<ReconciliationDocument> {
    const database = this.connection.getClient().db(this.connection.name);
    return database.collection<ReconciliationDocument>(RECONCILIATIONS);
  }

  override async keep(logins: readonly CarrierLogin[], now: Date): Promise<void> {
    const ids = logins.map(idOf);
    if (logins.length > 0) {
      const fresh = { pass: null, last: null, problem: null, failed: 0, nextAt: now, askedHours: null };
      await this.states.bulkWrite(
        logins.map((login) => ({
          updateOne: {
            filter: { _id: idOf(login), tenantId: login.tenantId },
            update: {
              $set: { sharedWith: [...login.sharedWith], since: login.since ?? null },
              $setOnInsert: { carrier: login.carrier, accountId: login.accountId, ...fresh },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    }
    await this.states.deleteMany({ _id: { $nin: ids } });
  }

  override async due(now: Date, limit: number): Promise<Reconciliation[]> {
    const found = await this.states
      .find({ nextAt: { $lte: now } })
      .sort({ nextAt: 1 })
      .limit(limit)
      .toArray();
    return found.map(fromDocument);
  }

  override async save(state: Reconciliation, answered: number | null): Promise<void> {
    const { pass, last, problem, failed, nextAt } = state;
    const filter = { _id: idOf(state), tenantId: state.tenantId };
    await this.states.updateOne(filter, { $set: { pass, last, problem, failed, nextAt } });
    if (answered !== null)
      await this.states.updateOne({ ...filter, askedHours: answered }, { $set: { askedHours: null } });
    // Somebody asked while this pass was on its way.
    if (pass === null) {
      await this.states.updateOne(
        { ...filter, askedHours: { $ne: null } },
        { $min: { nextAt: state.last?.finishedAt ?? nextAt } },
      );
    }
  }

  override async list(tenantId: string): Promise<Reconciliation[]> {
    return (await this.states.find({ tenantId }).sort({ carrier: 1, accountId: 1 }).toArray()).map(
      fromDocument,
    );
  }

  override async ask(
    tenantId: string,
    accountId: string,
    hours: number,
    now: Date,
  ): Promise<Reconciliation | null> {
    const found = await this.states.findOneAndUpdate(
      { tenantId, $or: [{ accountId }, { sharedWith: accountId }] },
      { $set: { askedHours: hours }, $min: { nextAt: now } },
      { returnDocument: 'after' },
    );
    return found && fromDocument(found);
  }
}

const idOf = ({ tenantId, carrier, accountId }: Omit<CarrierLogin, 'sharedWith' | 'since'>): string =>
  derivedId('re', tenantId, carrier, accountId);

function fromDocument({ _id, ...state }: ReconciliationDocument): Reconciliation {
  return state;
}
