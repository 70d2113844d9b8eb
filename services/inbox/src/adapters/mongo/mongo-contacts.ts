import { Injectable } from '@nestjs/common';
import { derivedId } from '@partyline/kernel';
import type { mongo } from 'mongoose';
import type { Page } from '../../application/conversation-list.js';
import { Contacts, type Contact, type ContactQuery } from '../../application/contacts.js';
import type { Projected } from '../../application/log/conversation-log.js';
import { contactFilter, contactWords } from './contact-words.js';
import type { ContactDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';
import { afterPosition, decodeCursor, encodeCursor } from './page-cursor.js';

const contactId = (tenantId: string, number: string): string => derivedId('ct', tenantId, number);

@Injectable()
export class MongoContacts extends Contacts {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async names(tenantId: string, peers: readonly string[]): Promise<Map<string, string>> {
    const documents = await this.database.contacts
      .find({ tenantId, _id: { $in: peers.map((peer) => contactId(tenantId, peer)) } })
      .toArray();
    return new Map(
      documents.flatMap(({ number, name }) => (name === undefined ? [] : [[number, name] as const])),
    );
  }

  override async page(query: ContactQuery): Promise<Page<Contact>> {
    const { tenantId, inboxIds, q, cursor, limit } = query;
    const conditions: mongo.Filter<ContactDocument>[] = [{ tenantId, inboxIds: { $in: [...inboxIds] } }];
    const wanted = q === undefined ? null : contactFilter(q);
    if (wanted) conditions.push(wanted);
    if (cursor !== undefined) conditions.push(afterPosition('lastActivityAt', -1, ...decodeCursor(cursor)));
    const documents = await this.database.contacts
      .find({ $and: conditions })
      .sort({ lastActivityAt: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const shown = documents.slice(0, limit);
    const last = documents.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(({ _id: id, name = null, number, lastActivityAt }) => ({
        id,
        name,
        numbers: [number],
        lastActivityAt,
      })),
      nextCursor: last ? encodeCursor([last.lastActivityAt, last._id]) : null,
    };
  }
}

/** What entries tell of the contacts in them. */
export function contactWrites(items: readonly Projected[]): mongo.AnyBulkWriteOperation<ContactDocument>[] {
  return items.flatMap(({ entry: { tenantId, inbox }, state }) =>
    state.peers.map((number) => {
      // The name of a group is nobody's.
      const name = state.peers.length === 1 ? state.contactName : null;
      const words = contactWords(name, [number]);
      return {
        updateOne: {
          filter: { _id: contactId(tenantId, number), tenantId },
          update: {
            ...(name === null ? { $setOnInsert: { number, words } } : { $set: { number, name, words } }),
            $max: { lastActivityAt: state.lastActivityAt },
            $addToSet: { inboxIds: inbox.id },
          },
          upsert: true,
        },
      };
    }),
  );
}
