import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { DIRECTORY, type DirectoryKind, type Refusal } from '@partyline/contracts';
import { ok, type Result } from '@partyline/kernel';
import { isDuplicateKey } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { DirectoryStore, type VersionedDirectory } from '../../application/directory-store.js';
import { EMPTY_DIRECTORY, type Directory } from '../../domain/directory.js';
import { revisionKey, type DirectoryWrite, type StoredDirectory } from '../../domain/plan-writes.js';
import { peopleOf, recordsOf, versionsOf } from './collections.js';
import { databaseOf } from './database.js';

const KINDS = Object.keys(DIRECTORY) as DirectoryKind[];
const ATTEMPTS = 5;

/** Undoes the transaction of a change that was refused. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/**
 * A change is a transaction: Admins change little, and a department with its inbox and its numbers has to change as
 * one. The version document that each change counts up lets only one at a time through.
 */
@Injectable()
export class MongoDirectoryStore extends DirectoryStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async load(tenantId: string): Promise<VersionedDirectory> {
    const session = this.connection.getClient().startSession({ snapshot: true });
    try {
      return await this.read(tenantId, session);
    } finally {
      await session.endSession();
    }
  }

  override async change(
    tenantId: string,
    decide: (stored: StoredDirectory) => Result<readonly DirectoryWrite[], Refusal>,
  ): Promise<Result<VersionedDirectory, Refusal>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return ok(await this.changeOnce(tenantId, decide));
      } catch (error) {
        if (error instanceof Refused) return { ok: false, error: error.refusal };
        // Two first changes of a tenant at once: one of them made the version document.
        if (!isDuplicateKey(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  override async versions(tenantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await versionsOf(this.db)
      .find({ tenantId: { $in: [...tenantIds] } })
      .toArray();
    return new Map(found.map(({ tenantId, version }) => [tenantId, version]));
  }

  private async changeOnce(
    tenantId: string,
    decide: (stored: StoredDirectory) => Result<readonly DirectoryWrite[], Refusal>,
  ): Promise<VersionedDirectory> {
    const session = this.connection.getClient().startSession();
    try {
      return await session.withTransaction(
        async () => {
          await versionsOf(this.db).updateOne(
            { tenantId },
            { $inc: { version: 1 } },
            { upsert: true, session },
          );
          const decided = decide(await this.read(tenantId, session));
          if (!decided.ok) throw new Refused(decided.error);
          for (const write of decided.value) await this.write(tenantId, write, session);
          return this.read(tenantId, session);
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } },
      );
    } finally {
      await session.endSession();
    }
  }

  private async write(tenantId: string, write: DirectoryWrite, session: mongo.ClientSession): Promise<void> {
    const { kind, id, revision, removed, record, inboxId } = write;
    const told = kind === 'inboxes' || kind === 'numbers';
    await recordsOf(this.db, kind).updateOne(
      { tenantId, id },
      {
        $set: { revision, removed, record, inboxId, ...(told ? { unpublished: true as const } : {}) },
        $setOnInsert: { publishedRevision: 0 },
      },
      { upsert: true, session },
    );
  }

  private async read(tenantId: string, session: mongo.ClientSession): Promise<VersionedDirectory> {
    const version = await versionsOf(this.db).findOne({ tenantId }, { session });
    const revisions = new Map<string, number>();
    const numberInboxes = new Map<string, string | null>();
    const kinds: Partial<Record<DirectoryKind, ReadonlyMap<string, unknown>>> = {};
    for (const kind of KINDS) {
      const records = new Map<string, unknown>();
      for await (const found of recordsOf(this.db, kind).find({ tenantId }, { session }).sort({ id: 1 })) {
        revisions.set(revisionKey(kind, found.id), found.revision);
        if (found.removed) continue;
        records.set(found.id, DIRECTORY[kind].parse(found.record));
        if (kind === 'numbers') numberInboxes.set(found.id, found.inboxId);
      }
      kinds[kind] = records;
    }
    const people = await peopleOf(this.db)
      .find({ tenantId }, { session, projection: { _id: 0, tenantId: 0, revision: 0 } })
      .toArray();
    const directory = {
      ...EMPTY_DIRECTORY,
      ...kinds,
      people: new Map(people.map((person) => [person.userId, person])),
    } as Directory;
    return { directory, revisions, numberInboxes, version: version?.version ?? 0 };
  }

  private get db(): mongo.Db {
    return databaseOf(this.connection);
  }
}
