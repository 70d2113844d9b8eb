import { describe, expect, it } from '@jest/globals';
import { FixedClock, MemoryEventPublisher } from '@partyline/testing';
import { MemoryReceiptStore, moment, receipt, SilentMetrics } from '../../test/support/fakes.js';
import { RepublishOpen } from './republish-open.js';

const never = new AbortController().signal;

async function setUp() {
  const store = new MemoryReceiptStore();
  const bus = new MemoryEventPublisher();
  const clock = new FixedClock(moment);
  const republish = new RepublishOpen(store, bus, new SilentMetrics(), clock);
  const [a, b] = [receipt('a'), receipt('b')];
  await store.insert([a, b], new Date(moment.getTime() + 30_000));
  const ids = () => bus.published.map(({ msgId }) => msgId);
  return { store, bus, clock, republish, a, b, ids };
}

describe('RepublishOpen', () => {
  it('publishes open receipts again when their time has come, later each time, under new ids', async () => {
    const { store, clock, republish, a, b, ids } = await setUp();
    await store.land('acme', [b.id]);
    await republish.execute(never);
    expect(ids()).toEqual([]);
    for (const seconds of [30, 59, 1, 120]) {
      clock.advance(seconds * 1000);
      await republish.execute(never);
    }
    expect(ids()).toEqual([`${a.id}.1`, `${a.id}.2`, `${a.id}.3`]);
  });

  it('publishes everything at once after the stream was lost', async () => {
    const { republish, a, b, ids } = await setUp();
    await republish.execute(never);
    expect(ids()).toEqual([]);
    await republish.makeAllDue();
    await republish.execute(never);
    expect(ids()).toEqual([`${a.id}.1`, `${b.id}.1`]);
  });

  it('keeps what the bus refused due, and stops asking', async () => {
    const { bus, clock, republish, ids } = await setUp();
    clock.advance(30_000);
    bus.failWith(new Error('away'));
    await republish.execute(never);
    bus.failWith(undefined);
    await republish.execute(never);
    expect(ids()).toHaveLength(2);
  });

  it('puts off what the bus refuses by itself, so that it holds up nothing behind it', async () => {
    const { store, bus, clock, republish, a } = await setUp();
    const behind = Array.from({ length: 700 }, (_, index) => receipt(`behind ${index}`));
    await store.insert(behind, new Date(moment.getTime() + 30_000));
    const publish = bus.publish.bind(bus);
    const asked: string[] = [];
    bus.publish = async (events) => {
      const outcomes = await publish(events.filter(({ envelope }) => envelope.id !== a.id));
      return events.map(({ envelope }) => {
        asked.push(envelope.id);
        const outcome = envelope.id === a.id ? undefined : outcomes.shift();
        return outcome ?? { ok: false, error: new Error('max_payload exceeded') };
      });
    };
    clock.advance(30_000);
    await republish.execute(never);
    expect(bus.published).toHaveLength(701);
    expect(asked.filter((id) => id === a.id)).toHaveLength(1);
    clock.advance(60_000);
    await republish.execute(never);
    expect(asked.filter((id) => id === a.id)).toHaveLength(2);
  });

  it('gives up a status that finds no message for a day', async () => {
    const { store, clock, republish, ids } = await setUp();
    const [text] = [...store.kept.values()];
    if (text?.kind !== 'message') throw new Error('the first is a text');
    const { event, ...rest } = text;
    const status = {
      ...event,
      status: 'sent' as const,
      errorClass: null,
      rawCode: 'sent',
      description: null,
    };
    await store.insert(
      [{ ...rest, id: 'rc_status', kind: 'status', messageId: null, event: status }],
      moment,
    );
    clock.advance(25 * 3_600_000);
    await republish.execute(never);
    expect([...store.givenUp]).toEqual([['rc_status', 'no-such-message']]);
    expect(ids()).toHaveLength(2);
  });

  it('stops when another may have begun', async () => {
    const { clock, republish, ids } = await setUp();
    clock.advance(30_000);
    await republish.execute(AbortSignal.abort());
    expect(ids()).toEqual([]);
  });
});
