import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@partyline/kernel';
import {
  projectedOf,
  type ConversationLog,
  type ConversationRef,
  type Projected,
} from '../../src/application/log/conversation-log.js';
import { SAVED_EVERY } from '../../src/application/log/saved-states.js';
import type { Command } from '../../src/domain/commands.js';
import { NONE, type ConversationState } from '../../src/domain/conversation.js';
import { decide } from '../../src/domain/decide/decide.js';
import { actorOf, around, at, inbound, SUPPORT } from './story.js';

export interface PastUnderTest {
  readonly log: ConversationLog;
  /** From now on its entries up to this one cannot be read, but the states that entries kept can. */
  hideEntriesUpTo(ref: ConversationRef, seq: number): Promise<void>;
  /** As if an older version had written it. */
  forgetSavedStates(ref: ConversationRef): Promise<void>;
}

/** What every log of conversations knows of how they were, wherever it keeps them. */
export function describePastEntries(name: string, make: () => Promise<PastUnderTest>): void {
  describe(`what a conversation was, ${name}`, () => {
    let past: PastUnderTest;
    let log: ConversationLog;
    let ref: ConversationRef;
    let length: number;
    beforeEach(async () => {
      past = await make();
      ({ log } = past);
      ref = { tenantId: newId('t'), conversationId: newId('cv') };
      length = 0;
    });

    async function happens(command: Command, messageId?: string): Promise<void> {
      length += 1;
      const outcome = await log.append({
        ref,
        inbox: { id: SUPPORT.id, kind: SUPPORT.kind },
        actor: actorOf(command),
        at: at(length),
        origin: { correlationId: 'co_1' },
        decide: (state) => decide(state, command, around()),
        ...(messageId === undefined ? {} : { messageId }),
      });
      expect(outcome.kind).toBe('appended');
    }
    const text = (): Promise<void> => {
      const messageId = newId('ms');
      return happens(inbound('hello', { messageId }), messageId);
    };
    async function grow(entries: number): Promise<void> {
      for (let missing = entries - length; missing > 0; missing -= 1) await text();
    }
    const ownersAt = async (...seqs: number[]) =>
      (await log.entriesAt(ref, new Set(seqs))).map(({ entry, state }) => [entry.seq, state.owner?.id]);

    it('is told with each of its entries: whose it was then, not whose it is now', async () => {
      await text();
      await happens({ type: 'claim', by: 'ben' });
      await happens({ type: 'transfer', by: 'ben', to: 'cleo', expectedEpoch: 2 });
      expect(await ownersAt(2)).toEqual([[2, 'ben']]);
      expect(await ownersAt(3, 1)).toEqual([
        [1, undefined],
        [3, 'cleo'],
      ]);
    });

    it('is what all entries up to then amount to, at any length', async () => {
      await text();
      await happens({ type: 'claim', by: 'ben' });
      await grow(2 * SAVED_EVERY + 3);
      let state: ConversationState = NONE;
      const expected: Projected[] = [];
      for (const entry of await log.entriesAfter(ref, 0)) {
        const item = projectedOf(entry, state);
        expected.push(item);
        ({ state } = item);
      }
      const seqs = expected.map(({ entry }) => entry.seq);
      expect(await log.entriesAt(ref, new Set(seqs))).toEqual(expected);
      for (const seq of [1, SAVED_EVERY, SAVED_EVERY + 1, 2 * SAVED_EVERY + 3]) {
        expect(await log.entriesAt(ref, new Set([seq]))).toEqual([expected[seq - 1]]);
      }
    });

    it('is told without reading a long conversation from its beginning', async () => {
      await grow(2 * SAVED_EVERY + 3);
      const seqs = new Set([2 * SAVED_EVERY + 2]);
      const before = await log.entriesAt(ref, seqs);
      expect(before).toMatchObject([{ state: { seq: 2 * SAVED_EVERY + 2 } }]);
      await past.hideEntriesUpTo(ref, 2 * SAVED_EVERY);
      expect(await log.entriesAt(ref, seqs)).toEqual(before);
    });

    it('is told of what older versions wrote, too', async () => {
      await grow(SAVED_EVERY + 2);
      const seqs = new Set([SAVED_EVERY + 1]);
      const before = await log.entriesAt(ref, seqs);
      await past.forgetSavedStates(ref);
      expect(await log.entriesAt(ref, seqs)).toEqual(before);
    });

    it('is nothing where there is no such entry, and no other tenant’s', async () => {
      await text();
      expect(await log.entriesAt(ref, new Set([2]))).toEqual([]);
      expect(await log.entriesAt(ref, new Set())).toEqual([]);
      expect(await log.entriesAt({ ...ref, tenantId: newId('t') }, new Set([1]))).toEqual([]);
    });

    it('can be read up to an entry', async () => {
      await grow(4);
      expect((await log.entriesAfter(ref, 1, 3)).map(({ seq }) => seq)).toEqual([2, 3]);
    });
  });
}
