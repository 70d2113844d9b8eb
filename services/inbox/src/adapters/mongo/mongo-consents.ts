import { Injectable } from '@nestjs/common';
import { derivedId } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import { Consents, type Consent } from '../../application/consents.js';
import type { KnownOptOut } from '../../domain/commands.js';
import { InboxDatabase } from './inbox-database.js';

@Injectable()
export class MongoConsents extends Consents {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async record(consent: Consent): Promise<Consent> {
    const { tenantId, number, peer, state, keyword, at } = consent;
    const _id = derivedId('cs', tenantId, number, peer);
    await unlessNewer(() =>
      this.database.consents.updateOne(
        // Said in the same millisecond, the word that forbids stands.
        { _id, tenantId, at: state === 'opted_out' ? { $lte: at } : { $lt: at } },
        { $set: { number, peer, state, keyword, at } },
        { upsert: true },
      ),
    );
    const stands = await this.database.consents.findOne({ _id, tenantId });
    return stands
      ? { tenantId, number, peer, state: stands.state, keyword: stands.keyword, at: stands.at }
      : consent;
  }

  override async *all(): AsyncIterable<Consent> {
    for await (const { tenantId, number, peer, state, keyword, at } of this.database.consents.find()) {
      yield { tenantId, number, peer, state, keyword, at };
    }
  }

  override async optOutsOf(tenantId: string, peers: readonly string[]): Promise<Consent[]> {
    if (peers.length === 0) return [];
    const documents = await this.database.consents
      .find({ tenantId, peer: { $in: [...peers] }, state: 'opted_out' })
      .sort({ peer: 1, number: 1 })
      .toArray();
    return documents.map(({ number, peer, state, keyword, at }) => ({
      tenantId,
      number,
      peer,
      state,
      keyword,
      at,
    }));
  }

  override async optOuts(tenantId: string, number: string, peers: readonly string[]): Promise<KnownOptOut[]> {
    const documents = await this.database.consents
      .find({ tenantId, number, peer: { $in: [...peers] }, state: 'opted_out' })
      .toArray();
    return documents.map(({ peer, keyword, at }) => ({ peer, keyword, saidAt: at }));
  }
}
