import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@partyline/kernel';
import type { Command } from '../../src/domain/commands.js';
import { fold } from '../../src/domain/apply.js';
import { NONE, type ExistingConversation } from '../../src/domain/conversation.js';
import { decide } from '../../src/domain/decide/decide.js';
import type {
  AppendRequest,
  ConversationLog,
  ConversationRef,
} from '../../src/application/log/conversation-log.js';
import type { RecordingOutbox } from './recording-outbox.js';
import { actorOf, around, draft, inbound, SUPPORT } from './story.js';

export interface LogUnderTest {
  readonly log: ConversationLog;
  readonly outbox: RecordingOutbox;
  /** As if whoever wrote last had died before lists showed it. */
  forgetProjection(ref: ConversationRef): Promise<void>;
}

/** What every log of conversations has to do, wherever it keeps them. */
export function describeConversationLog(name: string, make: () => Promise<LogUnderTest>): void {
  describe(`the log of conversations ${name}`, () => {
    let log: ConversationLog;
    let outbox: RecordingOutbox;
    let ref: ConversationRef;
    let forgetProjection: LogUnderTest['forgetProjection'];
    beforeEach(async () => {
      ({ log, outbox, forgetProjection } = await make());
      ref = { tenantId: newId('t'), conversationId: newId('cv') };
    });

    const request = (command: Command, ids: Partial<AppendRequest> = {}): AppendRequest => ({
      ref,
      ...(command.type === 'receive' || command.type === 'start'
        ? { inbox: { id: SUPPORT.id, kind: SUPPORT.kind } }
        : {}),
      actor: actorOf(command),
      at: '2026-11-23T12:00:00.000Z',
      origin: { correlationId: 'co_1' },
      decide: (state) => decide(state, command, around()),
      ...ids,
    });
    const text = (messageId: string, words = 'hello') =>
      request(inbound(words, { messageId }), { messageId });
    const claim = (by: string) => request({ type: 'claim', by });
    const reply = (by: string, id = 'ms_out') =>
      request({ type: 'reply', by, draft: draft('hi', id), claim: false }, { messageId: id });
    const shown = async (): Promise<ExistingConversation> => {
      const standing = await log.read(ref);
      if (!standing) throw new Error('There is no conversation');
      return standing.state;
    };

    it('knows nothing at first', async () => {
      expect(await log.read(ref)).toBeNull();
      expect(await log.entriesAfter(ref, 0)).toEqual([]);
      expect(await log.append(claim('ben'))).toMatchObject({ kind: 'refused', error: { code: 'NOT_FOUND' } });
    });

    it('appends, shows and tells', async () => {
      const outcome = await log.append(text('m1'));
      expect(outcome).toMatchObject({
        kind: 'appended',
        entry: { seq: 1, messageId: 'm1' },
        state: { seq: 1 },
      });
      expect(await shown()).toMatchObject({ status: 'open', owner: null, seq: 1, epoch: 1 });
      expect(outbox.announced.map(({ entry }) => entry.seq)).toEqual([1]);
    });

    it('shows the fold of its entries', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      await log.append(reply('ben'));
      const entries = await log.entriesAfter(ref, 0);
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(await shown()).toEqual(fold(entries, NONE));
      expect((await log.entriesAfter(ref, 2)).map(({ seq }) => seq)).toEqual([3]);
    });

    it('takes a text once, however often it comes, one by one or all at once', async () => {
      const outcomes = [
        await log.append(text('m1')),
        ...(await Promise.all(Array.from({ length: 5 }, () => log.append(text('m1'))))),
        ...(await log.appendMany(Array.from({ length: 5 }, () => text('m1')))),
      ];
      expect(outcomes.map(({ kind }) => kind)).toEqual([
        'appended',
        ...Array.from({ length: 10 }, () => 'repeated'),
      ]);
      expect(await log.entriesAfter(ref, 0)).toHaveLength(1);
    });

    it('takes a text once even where its route changed meanwhile', async () => {
      await log.append(text('m1'));
      const elsewhere = { ...text('m1'), ref: { ...ref, conversationId: newId('cv') } };
      expect(await log.append(elsewhere)).toMatchObject({
        kind: 'repeated',
        entry: { conversationId: ref.conversationId },
      });
      expect(await log.read(elsewhere.ref)).toBeNull();
    });

    it('gives a repeated command its first answer, also where the state would refuse it by now', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      const transfer = request(
        { type: 'transfer', by: 'ben', to: 'cleo', expectedEpoch: 2 },
        { commandId: 'ben:key' },
      );
      expect(await log.append(transfer)).toMatchObject({ kind: 'appended', entry: { seq: 3 } });
      const again = await log.append(transfer);
      expect(again).toMatchObject({ kind: 'repeated', entry: { seq: 3 }, state: { owner: { id: 'cleo' } } });
      const same = await Promise.all([log.append(transfer), log.append(transfer)]);
      expect(same.map(({ kind }) => kind)).toEqual(['repeated', 'repeated']);
      expect(await log.entriesAfter(ref, 0)).toHaveLength(3);
    });

    it('sends a reply once, whatever key the repeat has', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      await log.append({ ...reply('ben'), commandId: 'ben:1' });
      const again = await log.append({ ...reply('ben'), commandId: 'ben:2' });
      expect(again).toMatchObject({ kind: 'repeated', entry: { seq: 3 } });
    });

    it('has one winner of twenty claims at once', async () => {
      await log.append(text('m1'));
      const people = ['ben', 'cleo'];
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, i) => log.append(claim(people[i % 2] ?? 'ben'))),
      );
      expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      const { owner } = await shown();
      for (const outcome of outcomes) expect(outcome.state).toMatchObject({ owner, epoch: 2 });
      expect(await log.entriesAfter(ref, 0)).toHaveLength(2);
    });

    it('makes one conversation of fifty first texts at once, without gaps', async () => {
      const ids = Array.from({ length: 50 }, (_, i) => `m${i}`);
      await Promise.all([
        log.appendMany(ids.slice(0, 20).map((id) => text(id))),
        log.appendMany(ids.slice(20, 40).map((id) => text(id))),
        ...ids.slice(40).map((id) => log.append(text(id))),
      ]);
      const entries = await log.entriesAfter(ref, 0);
      expect(entries.map(({ seq }) => seq)).toEqual(ids.map((_, i) => i + 1));
      expect(new Set(entries.map(({ messageId }) => messageId))).toEqual(new Set(ids));
      expect(entries.filter(({ events }) => events[0]?.type === 'conversation.created')).toHaveLength(1);
      expect(await shown()).toMatchObject({ seq: 50, lastInboundSeq: 50 });
    });

    it('keeps the order of one conversation inside of a batch of several', async () => {
      const others = Array.from({ length: 3 }, () => ({ ...ref, conversationId: newId('cv') }));
      const requests = Array.from({ length: 12 }, (_, i) => ({
        ...text(`m${i}`),
        ref: others[i % 3] ?? ref,
      }));
      const outcomes = await log.appendMany(requests);
      expect(outcomes.map(({ kind }) => kind)).toEqual(requests.map(() => 'appended'));
      for (const [n, other] of others.entries()) {
        const entries = await log.entriesAfter(other, 0);
        expect(entries.map(({ messageId }) => messageId)).toEqual([0, 1, 2, 3].map((i) => `m${3 * i + n}`));
      }
    });

    it('appends what comes at once to one conversation in its order, around what stands there already', async () => {
      await log.append(text('m1'));
      const ids = ['m2', 'm3', 'm1', 'm2', 'm4'];
      const outcomes = await log.appendMany([
        ...ids.map((id) => text(id)),
        claim('ben'),
        claim('cleo'),
        text('m5'),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual([
        'appended',
        'appended',
        'repeated',
        'repeated',
        'appended',
        'appended',
        'refused',
        'appended',
      ]);
      const entries = await log.entriesAfter(ref, 0);
      expect(entries.map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm3', 'm4', undefined, 'm5']);
      expect(await shown()).toEqual(fold(entries, NONE));
    });

    it('asks what is known of newcomers once, before it opens their conversations', async () => {
      await log.append(text('m1'));
      const newcomer = { ...ref, conversationId: newId('cv') };
      const asked: string[][] = [];
      await log.appendMany(
        [text('m2'), { ...text('m3'), ref: newcomer }, { ...text('m4'), ref: newcomer }],
        (requests) => {
          asked.push(requests.map(({ messageId }) => messageId ?? ''));
          return Promise.resolve();
        },
      );
      expect(asked).toEqual([['m3', 'm4']]);
    });

    it('keeps tenants apart', async () => {
      await log.append(text('m1'));
      const other = { ...ref, tenantId: newId('t') };
      expect(await log.read(other)).toBeNull();
      expect(await log.entriesAfter(other, 0)).toEqual([]);
      const same = await log.append({ ...text('m1'), ref: { ...other, conversationId: newId('cv') } });
      expect(same.kind).toBe('appended');
    });

    it('writes nothing for what is refused or done already', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      expect(await log.append(claim('ben'))).toMatchObject({ kind: 'unchanged', state: { seq: 2 } });
      expect(await log.append(claim('cleo'))).toMatchObject({
        kind: 'refused',
        error: { code: 'ASSIGNED_TO_OTHER' },
        state: { owner: { id: 'ben' } },
      });
      expect(await log.entriesAfter(ref, 0)).toHaveLength(2);
    });

    it('counts one’s own acts as read, and nobody else’s', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      const returned = await log.append(request({ type: 'return', by: 'ben', expectedEpoch: 2 }));
      expect(returned.cursors).toEqual({ ben: 3 });
      expect((await log.read(ref))?.cursors).toEqual({ ben: 3 });
    });

    it('decides by the log where lists are behind it', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      await forgetProjection(ref);
      expect(await log.append(claim('cleo'))).toMatchObject({
        kind: 'refused',
        error: { code: 'ASSIGNED_TO_OTHER' },
        state: { owner: { id: 'ben' }, seq: 2 },
      });
      expect(await log.append(claim('ben'))).toMatchObject({ kind: 'unchanged', state: { seq: 2 } });
      expect(await log.append(text('m2'))).toMatchObject({ kind: 'appended', entry: { seq: 3 } });
      await forgetProjection(ref);
      await log.repair(ref);
      expect(await shown()).toEqual(fold(await log.entriesAfter(ref, 0), NONE));
    });

    it('does not let the customer’s word and Done pass each other', async () => {
      await log.append(text('m1'));
      await log.append(claim('ben'));
      const done = request({ type: 'complete', by: 'ben', expectedEpoch: 2, seenSeq: 2 });
      const [landed, finished] = await Promise.all([log.append(text('m2')), log.append(done)]);
      expect(landed.kind).toBe('appended');
      const state = await shown();
      expect(state.status).toBe('open');
      expect(finished.kind).toBe(state.owner === null ? 'appended' : 'refused');
    });
  });
}
