import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, mongo } from 'mongoose';
import type { ContactDocument, ContactEntryDocument } from './contact-document.js';
import type {
  ConsentDocument,
  ConversationDocument,
  EntryDocument,
  InboxDocument,
  NumberDocument,
  PersonDocument,
  SeedDocument,
  SettingsDocument,
  TagDocument,
  TemplateDocument,
  TurnDocument,
} from './documents.js';

/** The service's collections, through the driver: bulk writes and single inserts at full speed. */
@Injectable()
export class InboxDatabase {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  get db(): mongo.Db {
    if (!this.connection.db) throw new Error('MongoDB is not connected');
    return this.connection.db;
  }

  /** All of it or nothing; `work` may run several times. For what is rare: the way of a text has no transactions. */
  async transaction(work: (session: mongo.ClientSession) => Promise<void>): Promise<void> {
    const session = this.connection.getClient().startSession();
    try {
      await session.withTransaction(() => work(session));
    } finally {
      await session.endSession();
    }
  }

  get timeline(): mongo.Collection<EntryDocument> {
    return this.db.collection('timeline');
  }
  get conversations(): mongo.Collection<ConversationDocument> {
    return this.db.collection('conversations');
  }
  get consents(): mongo.Collection<ConsentDocument> {
    return this.db.collection('consents');
  }
  get settings(): mongo.Collection<SettingsDocument> {
    return this.db.collection('settings');
  }
  get contacts(): mongo.Collection<ContactDocument> {
    return this.db.collection('contacts');
  }
  get contactLog(): mongo.Collection<ContactEntryDocument> {
    return this.db.collection('contactLog');
  }
  get people(): mongo.Collection<PersonDocument> {
    return this.db.collection('people');
  }
  get inboxes(): mongo.Collection<InboxDocument> {
    return this.db.collection('inboxes');
  }
  get numbers(): mongo.Collection<NumberDocument> {
    return this.db.collection('numbers');
  }
  get turns(): mongo.Collection<TurnDocument> {
    return this.db.collection('turns');
  }
  get templates(): mongo.Collection<TemplateDocument> {
    return this.db.collection('templates');
  }
  get tags(): mongo.Collection<TagDocument> {
    return this.db.collection('tags');
  }
  get seeds(): mongo.Collection<SeedDocument> {
    return this.db.collection('seeds');
  }
}
