import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { Consents, type ConsentChange } from '../../application/consents.js';
import { CONSENTS } from './indexes.js';

interface ConsentDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
  readonly optedOut: boolean;
  readonly at: Date;
}

@Injectable()
export class MongoConsents extends Consents {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get consents(): mongo.Collection<ConsentDocument> {
    return this.connection.getClient().db(this.connection.name).collection<ConsentDocument>(CONSENTS);
  }

  override async record(changes: readonly ConsentChange[]): Promise<void> {
    for (const change of changes) await this.recordOne(change);
  }

  override async optedOut(tenantId: string, number: string, peer: string): Promise<boolean> {
    const consent = await this.consents.findOne({ _id: idOf({ tenantId, number, peer }), tenantId });
    return consent?.optedOut ?? false;
  }

  private async recordOne(change: ConsentChange): Promise<void> {
    const { tenantId, at, ...rest } = change;
    // What is refused for good is refused because a later word is there: that one stands.
    await unlessNewer(() =>
      this.consents.updateOne(
        { _id: idOf(change), tenantId, at: { $lte: at } },
        { $set: { ...rest, at } },
        { upsert: true },
      ),
    );
  }
}

function idOf({ tenantId, number, peer }: Pick<ConsentChange, 'tenantId' | 'number' | 'peer'>): string {
  return derivedId('oo', tenantId, number, peer);
}
