import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { AccountStore, type AccountFields } from '../../application/account-store.js';
import { revisionOf, type Account } from '../../domain/account.js';
import type { Recording } from '../../domain/recording.js';
import { ACCOUNTS, databaseOf, type AccountDocument } from './collections.js';

@Injectable()
export class MongoAccountStore extends AccountStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get accounts(): mongo.Collection<AccountDocument> {
    return databaseOf(this.connection).collection<AccountDocument>(ACCOUNTS);
  }

  override async find(id: string): Promise<Account | null> {
    const found = await this.accounts.findOne({ _id: id });
    return found && fromDocument(found);
  }

  override async active(): Promise<Account[]> {
    return (await this.accounts.find({ active: true }).sort({ _id: 1 }).toArray()).map(fromDocument);
  }

  override async activeOf(carriers: readonly string[]): Promise<Account[]> {
    const found = await this.accounts.find({ carrier: { $in: [...carriers] }, active: true }).toArray();
    return found.map(fromDocument);
  }

  override async list(tenantId: string): Promise<Account[]> {
    return (await this.accounts.find({ tenantId }).sort({ name: 1 }).toArray()).map(fromDocument);
  }

  override async add({ id, ...rest }: Account): Promise<boolean> {
    try {
      await this.accounts.insertOne({ _id: id, ...rest });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  override async change(read: Account, fields: AccountFields): Promise<Account | null> {
    const { id, tenantId, revision } = read;
    const changed = await this.accounts.findOneAndUpdate(
      { _id: id, tenantId, revision: revision ?? { $exists: false } },
      { $set: { ...fields, revision: revisionOf(read) + 1 } },
      { returnDocument: 'after' },
    );
    return changed && fromDocument(changed);
  }

  override async remove(tenantId: string, id: string): Promise<boolean> {
    const { deletedCount } = await this.accounts.deleteOne({ _id: id, tenantId });
    return deletedCount === 1;
  }

  override async record(tenantId: string, id: string, recording: Recording): Promise<Account | null> {
    const changed = await this.accounts.findOneAndUpdate(
      { _id: id, tenantId },
      { $set: { recording } },
      { returnDocument: 'after' },
    );
    return changed && fromDocument(changed);
  }

  override async takePlace(tenantId: string, id: string, recording: Recording): Promise<boolean> {
    const { modifiedCount } = await this.accounts.updateOne(
      {
        _id: id,
        tenantId,
        'recording.id': recording.id,
        'recording.kept': { $lt: recording.mostRequests },
      },
      { $inc: { 'recording.kept': 1 } },
    );
    return modifiedCount === 1;
  }

  override async isEmpty(): Promise<boolean> {
    return (await this.accounts.findOne({}, { projection: { _id: 1 } })) === null;
  }
}

const fromDocument = ({ _id, ...rest }: AccountDocument): Account => ({ id: _id, ...rest });
