import { expect } from '@jest/globals';
import { essence, essenceOf } from './agreement.js';
import { mayOwn, NEVER, step, type Call, type Conversation, type Group } from './conversation-model.js';
import type { Record } from './history.js';
import { EVERYBODY } from './team.js';

/** What the model believes: both conversations, the group, and the entries that commands have led to. */
export class Belief {
  group: Group = EVERYBODY;
  readonly conversations = new Map<string, Conversation>();
  private readonly entries = new Map<string, number>();

  /** Does in the model what was done to the service, and holds the answer against it. */
  expect({ call, conversationId, key, told }: Record): void {
    const now = this.of(conversationId);
    const entry = this.entries.get(`${conversationId} ${key}`);
    const expected = step(now, call, this.group);
    const hidden = expected.kind === 'refused' && expected.reasons.includes('NOT_FOUND');
    const next = expected.kind === 'entry' && entry === undefined ? expected.next : now;
    if (next !== now) {
      this.conversations.set(conversationId, next);
      this.entries.set(`${conversationId} ${key}`, next.seq);
    }
    if (!told) return;
    if (told.conversation)
      expect({ call, ...essence(told.conversation) }).toEqual({ call, ...essenceOf(next) });
    if (expected.kind === 'refused' && (entry === undefined || hidden)) {
      expect({ call, answer: told.ok ? 'ok' : told.code }).toEqual({
        call,
        answer: expect.stringMatching(new RegExp(`^(${expected.reasons.join('|')})$`)),
      });
    } else {
      expect({ call, ok: told.ok, seq: told.ok && told.seq }).toEqual({
        call,
        ok: true,
        seq: entry ?? next.seq,
      });
    }
  }

  of(conversationId: string): Conversation {
    return this.conversations.get(conversationId) ?? NEVER;
  }

  /** Row 12, for everything that somebody owns who may not any more. */
  release(): void {
    for (const [id, now] of this.conversations) {
      if (now.owner === null || mayOwn(now.owner, this.group)) continue;
      const call: Call = { kind: 'release', who: now.owner };
      const released = step(now, call, this.group);
      if (released.kind === 'entry') this.conversations.set(id, released.next);
    }
  }
}
