import { Injectable } from '@nestjs/common';
import { newId } from '@partyline/kernel';
import { isDuplicateKey } from '@partyline/mongo';
import { mongo } from 'mongoose';
import type { Page } from '../../application/conversation-list.js';
import type { Projected } from '../../application/log/conversation-log.js';
import {
  Contacts,
  type CommitOutcome,
  type ContactOrigin,
  type ContactQuery,
  type UnspreadChange,
} from '../../application/contacts.js';
import { erasedCardEvent, EVERYWHERE, type CardChange, type ContactCard } from '../../domain/contact-card.js';
import {
  cardOf,
  cardUpdate,
  newDocument,
  numbersIn,
  type ContactDocument,
  type ContactEntryDocument,
} from './contact-document.js';
import { contactFilter, contactWords } from './contact-words.js';
import { InboxDatabase } from './inbox-database.js';
import {
  CONTACTS_BY_ACTIVITY,
  CONTACTS_BY_WORD,
  ERASING,
  ONE_CONTACT_PER_NUMBER,
  UNSPREAD,
} from './indexes.js';
import { afterPosition, decodeCursor, encodeCursor } from './page-cursor.js';

/** Somebody else changed one of the contacts since it was read. */
class Raced extends Error {}

@Injectable()
export class MongoContacts extends Contacts {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async names(tenantId: string, peers: readonly string[]): Promise<Map<string, string>> {
    const cards = await this.holding(tenantId, peers);
    return new Map(
      cards.flatMap(({ name, numbers }) =>
        name === null
          ? []
          : numbers.filter((number) => peers.includes(number)).map((number) => [number, name] as const),
      ),
    );
  }

  override async page(query: ContactQuery): Promise<Page<ContactCard>> {
    const { tenantId, inboxIds, q, number, cursor, limit } = query;
    const conditions: mongo.Filter<ContactDocument>[] = [
      { tenantId, inboxIds: { $in: [EVERYWHERE, ...inboxIds] } },
    ];
    const wanted = q === undefined ? null : contactFilter(q);
    if (wanted) conditions.push(wanted);
    if (number !== undefined) conditions.push({ numbers: number });
    if (cursor !== undefined) conditions.push(afterPosition('lastActivityAt', -1, ...decodeCursor(cursor)));
    const documents = await this.cards
      .find({ $and: conditions })
      .sort({ lastActivityAt: -1, _id: -1 })
      // Few contacts have a word, and many would be passed on the way to them by the latest activity.
      .hint(number !== undefined ? ONE_CONTACT_PER_NUMBER : wanted ? CONTACTS_BY_WORD : CONTACTS_BY_ACTIVITY)
      .limit(limit + 1)
      .toArray();
    const shown = documents.slice(0, limit);
    const last = documents.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(cardOf),
      nextCursor: last ? encodeCursor([last.lastActivityAt, last._id]) : null,
    };
  }

  override async find(tenantId: string, contactId: string): Promise<ContactCard | null> {
    const document = await this.cards.findOne({ tenantId, _id: contactId });
    return document && cardOf(document);
  }

  override async partsOf(tenantId: string, contactId: string): Promise<ContactCard[]> {
    return (await this.cards.find({ tenantId, mergedInto: contactId }).sort({ _id: 1 }).toArray()).map(
      cardOf,
    );
  }

  override async holding(tenantId: string, numbers: readonly string[]): Promise<ContactCard[]> {
    if (numbers.length === 0) return [];
    return (await this.cards.find({ tenantId, numbers: { $in: [...numbers] } }).toArray()).map(cardOf);
  }

  override async repeated(tenantId: string, commandId: string): Promise<string | null> {
    const entry = await this.log.findOne({ tenantId, commandId }, { projection: { contactId: 1 } });
    return entry?.contactId ?? null;
  }

  override async commit(changes: readonly CardChange[], origin: ContactOrigin): Promise<CommitOutcome> {
    const { tenantId, actor, at, correlationId, commandId } = origin;
    const numbers = numbersIn(changes);
    const about = changes.find(({ before }) => before !== null && before.mergedInto === null) ?? changes[0];
    const erases = changes.some(({ events }) => events.some(({ type }) => type === 'contact.erased'));
    const entries = changes.map((change): ContactEntryDocument => {
      const entry = { tenantId, contactId: change.after.id, revision: change.after.revision };
      const made = { _id: new mongo.ObjectId(), ...entry, at, actor, correlationId, events: change.events };
      if (change !== about) return made;
      const erasing = erases ? { erasing: { at, numbers } } : {};
      return { ...made, commandId, numbers, unspread: at, ...erasing };
    });
    const id = entries.find((entry) => entry.commandId !== undefined)?._id.toHexString() ?? '';
    try {
      await this.database.transaction(async (session) => {
        await this.log.insertMany([...entries], { session });
        // A number is given up before another contact takes it.
        const byGiving = changes.toSorted((a, b) => a.after.numbers.length - b.after.numbers.length);
        for (const change of byGiving) await this.write(tenantId, change, session);
      });
    } catch (error) {
      if (error instanceof Raced || isDuplicateKey(error)) return { kind: 'raced' };
      throw error;
    }
    return { kind: 'committed', erases, change: { id, tenantId, actor, at, correlationId, numbers } };
  }

  override async unspread(before: string, limit: number): Promise<UnspreadChange[]> {
    const entries = await this.log
      .find({ unspread: { $lt: before } })
      .hint(UNSPREAD)
      .limit(limit)
      .toArray();
    return entries.map(({ _id, tenantId, actor, at, correlationId, numbers = [] }) => ({
      id: _id.toHexString(),
      tenantId,
      actor,
      at,
      correlationId,
      numbers,
    }));
  }

  override async spread({ id, tenantId }: UnspreadChange): Promise<void> {
    await this.log.updateOne(
      { _id: new mongo.ObjectId(id), tenantId },
      { $unset: { unspread: '', numbers: '' } },
    );
  }

  override async unerased(before: string, limit: number): Promise<UnspreadChange[]> {
    const entries = await this.log
      .find({ 'erasing.at': { $lt: before } })
      .hint(ERASING)
      .limit(limit)
      .toArray();
    return entries.map(({ _id, tenantId, actor, at, correlationId, erasing }) => ({
      id: _id.toHexString(),
      tenantId,
      actor,
      at,
      correlationId,
      numbers: erasing?.numbers ?? [],
    }));
  }

  override async finishErasure({ id, tenantId }: UnspreadChange): Promise<void> {
    const entry = await this.log.findOne({ _id: new mongo.ObjectId(id), tenantId });
    if (!entry) return;
    const parts = await this.cards
      .find({ tenantId, 'erased.at': entry.at }, { projection: { _id: 1 } })
      .toArray();
    const contactId = { $in: [entry.contactId, ...parts.map(({ _id }) => _id)] };
    for await (const { _id, events } of this.log.find({ tenantId, contactId, at: { $lt: entry.at } })) {
      await this.log.updateOne({ _id, tenantId }, { $set: { events: events.map(erasedCardEvent) } });
    }
    await this.log.updateOne({ _id: entry._id, tenantId }, { $unset: { erasing: '' } });
  }

  override async beingErased(tenantId: string, contactIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (contactIds.length === 0) return new Set();
    const entries = await this.log
      .find({ tenantId, 'erasing.at': { $exists: true }, contactId: { $in: [...contactIds] } })
      .hint(ERASING)
      .project<{ contactId: string }>({ contactId: 1 })
      .toArray();
    return new Set(entries.map(({ contactId }) => contactId));
  }

  private async write(
    tenantId: string,
    { before, after }: CardChange,
    session: mongo.ClientSession,
  ): Promise<void> {
    if (before === null) {
      await this.cards.insertOne(newDocument(tenantId, after), { session });
      return;
    }
    const written = await this.cards.updateOne(
      // A text that came meanwhile brought its inbox along, and must not be forgotten by a merge.
      { _id: before.id, tenantId, revision: before.revision, lastActivityAt: before.lastActivityAt },
      cardUpdate(after),
      { session },
    );
    if (written.matchedCount !== 1) throw new Raced();
  }

  private get cards(): mongo.Collection<ContactDocument> {
    return this.database.contacts;
  }
  private get log(): mongo.Collection<ContactEntryDocument> {
    return this.database.contactLog;
  }
}

/** What entries tell of the contacts in them. */
export function contactWrites(items: readonly Projected[]): mongo.AnyBulkWriteOperation<ContactDocument>[] {
  return items.flatMap(({ entry: { tenantId, inbox }, state }) =>
    state.peers.map((number) => {
      // The name of a group is nobody's. One that is known stays: people change it, texts do not.
      const name = state.peers.length === 1 ? state.contactName : null;
      const words = contactWords(name, [number]);
      return {
        updateOne: {
          filter: { tenantId, numbers: { $in: [number] } },
          update: {
            $setOnInsert: {
              _id: newId('ct'),
              numbers: [number],
              revision: 0,
              words,
              ...(name === null ? {} : { name }),
            },
            $max: { lastActivityAt: state.lastActivityAt },
            $addToSet: { inboxIds: inbox.id },
          },
          upsert: true,
        },
      };
    }),
  );
}
