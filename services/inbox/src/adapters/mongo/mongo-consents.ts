import { Injectable } from '@nestjs/common';
import { derivedId } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import { Consents, type Consent, type ConsentPage } from '../../application/consents.js';
import type { KnownOptOut } from '../../domain/commands.js';
import type { ConsentDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';
import { afterPosition, decodeCursor, encodeCursor } from './page-cursor.js';

@Injectable()
export class MongoConsents extends Consents {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async record(consent: Consent): Promise<Consent> {
    const { tenantId, at, ...said } = consent;
    const _id = derivedId('cs', tenantId, said.number, said.peer);
    await unlessNewer(() =>
      this.database.consents.updateOne(
        // Said in the same millisecond, the word that forbids stands.
        { _id, tenantId, at: said.state === 'opted_out' ? { $lte: at } : { $lt: at } },
        { $set: { ...said, at } },
        { upsert: true },
      ),
    );
    const stands = await this.database.consents.findOne({ _id, tenantId });
    return stands ? consentOf(stands) : consent;
  }

  override async *all(): AsyncIterable<Consent> {
    for await (const document of this.database.consents.find()) yield consentOf(document);
  }

  override async list({
    tenantId,
    state,
    q,
    cursor,
    limit,
  }: Parameters<Consents['list']>[0]): Promise<ConsentPage> {
    const position = cursor === undefined ? null : decodeCursor(cursor);
    // What begins like that is read in the order of numbers, everything else newest first: both by an index.
    const [field, direction] = q === undefined ? (['at', -1] as const) : (['peer', 1] as const);
    const found = await this.database.consents
      .find({
        tenantId,
        state,
        $and: [
          q === undefined ? {} : { peer: { $gte: q, $lt: `${q}\uffff` } },
          position ? afterPosition(field, direction, position[0], position[1]) : {},
        ],
      })
      .sort({ [field]: direction, _id: direction })
      .limit(limit + 1)
      .toArray();
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { items: page.map(consentOf), nextCursor: last ? encodeCursor([last[field], last._id]) : null };
  }

  override async optOutsOf(tenantId: string, peers: readonly string[]): Promise<Consent[]> {
    if (peers.length === 0) return [];
    const documents = await this.database.consents
      .find({ tenantId, peer: { $in: [...peers] }, state: 'opted_out' })
      .sort({ peer: 1, number: 1 })
      .toArray();
    return documents.map(consentOf);
  }

  override async optOuts(tenantId: string, number: string, peers: readonly string[]): Promise<KnownOptOut[]> {
    const documents = await this.database.consents
      .find({ tenantId, number, peer: { $in: [...peers] }, state: 'opted_out' })
      .toArray();
    return documents.map(({ peer, keyword, at, source = 'customer' }) => ({
      peer,
      keyword,
      saidAt: at,
      source,
    }));
  }
}

/** Words that were kept before their source was were all the customers' own. */
const consentOf = ({ _id, source = 'customer', by = null, ...consent }: ConsentDocument): Consent => ({
  ...consent,
  source,
  by,
});
