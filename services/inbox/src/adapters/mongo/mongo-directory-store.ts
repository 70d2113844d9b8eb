import { Injectable } from '@nestjs/common';
import { USUAL_QUIET_HOURS, type ConsentSettingsChange, type QuietHours } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { unlessNewer } from '@partyline/mongo';
import { DirectoryStore, type Revised } from '../../application/directory-store.js';
import { Directory, type NumberRoute } from '../../domain/directory.js';
import type { Inbox, Member } from '../../domain/inbox.js';
import { USUAL_ANSWERS } from '../../domain/keyword-answers.js';
import type { InboxDocument, PersonDocument, SettingsDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';

/** How long what was read may be used. The replica that takes a change in uses it at once. */
const FRESH_MS = 1_000;
/** Tenants that nobody asked about for so long are forgotten. */
const KEPT_MS = 600_000;

interface Held {
  readonly readAt: number;
  readonly directory: Promise<Directory>;
}

@Injectable()
export class MongoDirectoryStore extends DirectoryStore {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly database: InboxDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  override of(tenantId: string): Promise<Directory> {
    const now = this.clock.now().getTime();
    const held = this.held.get(tenantId);
    if (held && now - held.readAt < FRESH_MS) return held.directory;
    for (const [tenant, { readAt }] of this.held) if (now - readAt > KEPT_MS) this.held.delete(tenant);
    const directory = this.read(tenantId);
    this.held.set(tenantId, { readAt: now, directory });
    directory.catch(() => this.held.delete(tenantId));
    return directory;
  }

  override async tenants(): Promise<string[]> {
    return this.database.inboxes.distinct('tenantId');
  }

  override async saveMember(tenantId: string, { revision, value }: Revised<Member>): Promise<void> {
    const { id: userId, permissions, ...fields } = value;
    await unlessNewer(() =>
      this.database.people.updateOne(
        { tenantId, userId, revision: { $lt: revision } },
        { $set: { ...fields, revision, permissions: [...permissions] } },
        { upsert: true },
      ),
    );
    this.held.delete(tenantId);
  }

  override async saveInbox(tenantId: string, { revision, value }: Revised<Inbox>): Promise<void> {
    const { id: inboxId, memberIds, ...fields } = value;
    await unlessNewer(() =>
      this.database.inboxes.updateOne(
        { tenantId, inboxId, revision: { $lt: revision } },
        { $set: { ...fields, revision, memberIds: [...memberIds] } },
        { upsert: true },
      ),
    );
    this.held.delete(tenantId);
  }

  override async saveNumber(tenantId: string, { revision, value }: Revised<NumberRoute>): Promise<void> {
    const { number, carrier, accountId, inboxId } = value;
    await unlessNewer(() =>
      this.database.numbers.updateOne(
        { tenantId, number, revision: { $lt: revision } },
        { $set: { revision, carrier, accountId, inboxId } },
        { upsert: true },
      ),
    );
    this.held.delete(tenantId);
  }

  override async saveConsentSettings(
    tenantId: string,
    { languages, answersIn, answers }: ConsentSettingsChange,
  ): Promise<void> {
    await this.saveSettings(tenantId, {
      consentLanguages: languages,
      ...(answersIn && { answersIn }),
      ...(answers && { answers }),
    });
  }

  override async saveQuietHours(tenantId: string, quietHours: QuietHours | null): Promise<void> {
    await this.saveSettings(tenantId, { quietHours });
  }

  private async saveSettings(tenantId: string, $set: Partial<SettingsDocument>): Promise<void> {
    await this.database.settings.updateOne({ _id: tenantId }, { $set }, { upsert: true });
    this.held.delete(tenantId);
  }

  private async read(tenantId: string): Promise<Directory> {
    const [people, inboxes, numbers, settings] = await Promise.all([
      this.database.people.find({ tenantId }).toArray(),
      this.database.inboxes.find({ tenantId }).toArray(),
      this.database.numbers.find({ tenantId }).toArray(),
      this.database.settings.findOne({ _id: tenantId }),
    ]);
    return new Directory(
      new Map(people.map((document) => [document.userId, memberOf(document)])),
      new Map(inboxes.map((document) => [document.inboxId, inboxOf(document)])),
      numbers.map(({ number, carrier, accountId, inboxId }) => ({ number, carrier, accountId, inboxId })),
      settings?.consentLanguages ?? [],
      settings?.quietHours === undefined ? USUAL_QUIET_HOURS : settings.quietHours,
      {
        answersIn: settings?.answersIn ?? USUAL_ANSWERS.answersIn,
        answers: settings?.answers ?? USUAL_ANSWERS.answers,
      },
    );
  }
}

function memberOf({ userId: id, name, active, availability, ...more }: PersonDocument): Member {
  const { awayUntil = null, permissions } = more;
  return { id, name, active, availability, awayUntil, permissions: new Set(permissions) };
}

function inboxOf({
  inboxId: id,
  name,
  kind,
  memberIds,
  reopenTo,
  active,
  ...policies
}: InboxDocument): Inbox {
  const { returnWhenAway = false, autoAssign = null } = policies;
  return { id, name, kind, memberIds: new Set(memberIds), reopenTo, returnWhenAway, autoAssign, active };
}
