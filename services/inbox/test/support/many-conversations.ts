import { mongo } from 'mongoose';
import { entryDocument } from '../../src/adapters/mongo/entry-document.js';
import type { InboxDatabase } from '../../src/adapters/mongo/inbox-database.js';
import { contactWrites } from '../../src/adapters/mongo/mongo-contacts.js';
import { projectionWrites } from '../../src/adapters/mongo/projection-writes.js';
import { projectedOf, type Projected } from '../../src/application/log/conversation-log.js';
import type { Command } from '../../src/domain/commands.js';
import { NONE } from '../../src/domain/conversation.js';
import { decide } from '../../src/domain/decide/decide.js';
import { actorOf, around, draft, inbound, person, SUPPORT } from './story.js';

export const TENANT = 'acme';
export const OWNERS = ['cleo', ...Array.from({ length: 20 }, (_, i) => `owner${i}`)];

/** On most of them. */
export const TAG = 'tg_1';
const KNOWN = new Map([[TAG, { name: 'VIP', retired: false }]]);

export const textOf = (i: number): string => `ms_in_${i}`;
const peerOf = (i: number): string => `+1310${String(i).padStart(7, '0')}`;

/** A third is unassigned; of the rest every other is Ben's or another's, and every other is done. */
export async function fillCompany(database: InboxDatabase, conversations: number): Promise<void> {
  const stories = Array.from({ length: conversations }, (_, i) => storyOf(i));
  const last = stories.flatMap((story) => story.at(-1) ?? []);
  const now = new Date();
  await Promise.all([
    database.timeline.insertMany(stories.flat().map((item) => entryDocument(item, now))),
    database.conversations.bulkWrite(projectionWrites(last), { ordered: false }),
    database.contacts.bulkWrite(contactWrites(last), { ordered: false }),
  ]);
}

function storyOf(i: number): Projected[] {
  const inbox = {
    ...SUPPORT,
    id: i % 2 === 0 ? 'support' : 'sales',
    memberIds: new Set([...OWNERS, 'ben']),
  };
  const people = new Map([...inbox.memberIds].map((id) => [id, person(id, id, 'member')] as const));
  const surroundings = { ...around(inbox), people };
  const by = i % 4 < 2 ? 'ben' : (OWNERS[Math.floor(i / 12) % OWNERS.length] ?? 'cleo');
  const number = '+12125550101';
  const text = inbound(`parcel ${i}`, { messageId: textOf(i), from: peerOf(i) });
  const place = { conversationId: `cv_${i}`, number, peers: [peerOf(i)], contactName: null };
  const commands: Command[] = [{ ...text, place }];
  if (i % 3 !== 0) {
    commands.push({ type: 'claim', by });
    commands.push({ type: 'reply', by, draft: draft('hi', `ms_${i}`), claim: false });
    if (i % 6 > 3) commands.push({ type: 'complete', by, expectedEpoch: 2, seenSeq: 9 });
  }
  if (i % 8 !== 6) commands.push({ type: 'tag', by: 'ben', add: [TAG], remove: [], known: KNOWN });
  if (i % 24 === 20) {
    const until = new Date(Date.UTC(2026, 5, 1) + i * 1000).toISOString();
    const now = '2026-01-02T00:00:00.000Z';
    commands.push({ type: 'snooze', by, expectedEpoch: 2, seenSeq: 9, until, now });
  }
  const items: Projected[] = [];
  for (const command of commands) {
    const before = items.at(-1)?.state ?? NONE;
    const decision = decide(before, command, surroundings);
    if (!decision.ok) throw new Error(decision.error.message);
    const seq = items.length + 1;
    const messageId =
      command.type === 'receive' ? textOf(i) : command.type === 'reply' ? `ms_${i}` : undefined;
    const entry = {
      id: new mongo.ObjectId().toHexString(),
      tenantId: TENANT,
      conversationId: place.conversationId,
      inbox: { id: inbox.id, kind: inbox.kind },
      seq,
      at: new Date(Date.UTC(2026, 0, 1) + i * 1000 + seq).toISOString(),
      actor: actorOf(command),
      origin: { correlationId: 'co_1' },
      events: decision.value,
      ...(messageId === undefined ? {} : { messageId }),
    };
    items.push(projectedOf(entry, before));
  }
  return items;
}
