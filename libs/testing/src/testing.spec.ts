import { describe, expect, it } from '@jest/globals';
import { UserNotified, type Envelope, type Notification } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { eventually } from './eventually.js';
import { FixedClock } from './fixed-clock.js';
import { given, type Decider } from './given-when-then.js';
import { MemoryEventPublisher } from './memory-event-publisher.js';

describe('eventually', () => {
  it('gives the first value that is not refused', async () => {
    let looks = 0;
    const value = await eventually(() => {
      looks += 1;
      if (looks < 2) throw new Error('not yet');
      return looks < 3 ? false : looks;
    });
    expect(value).toBe(3);
  });

  it('says what was wrong in the end', async () => {
    const wait = eventually(() => expect(1).toBe(2), { timeoutMs: 50 });
    await expect(wait).rejects.toThrow(/^Waited 50 ms in vain: .*expect/);
  });
});

describe('the fixed clock', () => {
  it('stands still until it is moved', () => {
    const clock = new FixedClock('2026-01-01T00:00:00.000Z');
    clock.now().setFullYear(1999);
    clock.advance(1_500);
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:01.500Z');
  });
});

describe('the memory publisher', () => {
  const data: Notification = {
    id: 'n',
    userId: 'ada',
    kind: 'mine',
    conversationId: 'c',
    inboxId: 'i',
    title: 't',
    body: 'b',
    at: 'x',
  };
  const envelope: Envelope = {
    id: 'ev_1',
    type: UserNotified.type,
    version: 1,
    occurredAt: '2026-11-23T18:00:00.000Z',
    tenantId: 'demo',
    aggregateId: 'ada',
    actor: { kind: 'system', id: 'notify' },
    correlationId: 'co_1',
    data,
  };
  const event = { subject: UserNotified.subject('demo', 'ada'), envelope };

  it('knows repeats by their msgId, as JetStream does', async () => {
    const publisher = new MemoryEventPublisher();
    expect(await publisher.publish([event, event, { ...event, msgId: 'again' }])).toEqual([
      { ok: true, duplicate: false },
      { ok: true, duplicate: true },
      { ok: true, duplicate: false },
    ]);
    expect(publisher.of(UserNotified).map((one) => one.data.userId)).toEqual(['ada', 'ada']);
  });

  it('fails when it is told to', async () => {
    const publisher = new MemoryEventPublisher();
    publisher.failWith(new Error('away'));
    expect(await publisher.publish([event])).toMatchObject([{ ok: false }]);
    expect(publisher.published).toEqual([]);
  });
});

describe('given, when, then', () => {
  type Refused = 'too-much';
  const counter: Decider<number, number, number, Refused> = {
    initial: 0,
    decide: (state, by): Result<readonly number[], Refused> => (state + by > 3 ? fail('too-much') : ok([by])),
    apply: (state, by) => state + by,
  };

  it('tells what a decider decides', () => {
    given(counter, [1, 1]).when(1).then(1);
    given(counter, [1, 1]).when(2).thenRefused('too-much');
    expect(() => given(counter).when(1).then(2)).toThrow('toEqual');
  });
});
