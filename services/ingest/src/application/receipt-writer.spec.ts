import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { InboundMessageReceived } from '@partyline/contracts';
import { FixedClock, MemoryEventPublisher } from '@partyline/testing';
import fc from 'fast-check';
import { MemoryReceiptStore, receipt, MemoryActivity, SilentMetrics } from '../../test/support/fakes.js';
import { noParts } from '../../test/support/no-parts.js';
import { ReceiptPublisher } from './receipt-publisher.js';
import { ReceiptWriter, WriterLimits } from './receipt-writer.js';

function setUp(limits = new WriterLimits()) {
  const store = new MemoryReceiptStore();
  const bus = new MemoryEventPublisher();
  const publisher = new ReceiptPublisher(bus);
  const activity = new MemoryActivity();
  const writer = new ReceiptWriter(
    store,
    publisher,
    noParts(publisher),
    new SilentMetrics(),
    activity,
    new FixedClock(),
    limits,
  );
  const published = () => bus.of(InboundMessageReceived).map(({ data }) => data.text);
  return { activity, store, writer, publisher, bus, published };
}

describe('ReceiptWriter', () => {
  it('counts a text for its number once, however often it comes', async () => {
    const { writer, activity } = setUp();
    await writer.append([receipt('a')]);
    await writer.append([receipt('a')]);
    await writer.append([receipt('b')]);
    expect(activity.heardOf).toEqual(['+12125550101', '+12125550101']);
  });

  it('at ten times of what it can hold refuses the rest at once, and what it accepted is all there', async () => {
    const { store, writer } = setUp(new WriterLimits(50, 1_000_000, 60_000, 10));
    store.holds = true;
    const answers = Array.from({ length: 500 }, (_one, index) => writer.append([receipt(`r${index}`)]));
    const refused = (await Promise.all(answers.slice(50))).filter((answer) => answer === 'overloaded');
    expect(refused).toHaveLength(450);
    store.holds = false;
    store.letGo();
    const taken = await Promise.all(answers.slice(0, 50));
    expect(taken.filter((answer) => answer === 'durable')).toHaveLength(50);
    expect(store.kept.size).toBe(50);
    expect(await writer.append([receipt('afterwards')])).toBe('durable');
  });

  it('writes at once when idle, and gathers what comes in meanwhile', async () => {
    const { store, writer } = setUp();
    store.holds = true;
    const appended = ['a', 'b', 'c'].map((id) => writer.append([receipt(id)]));
    expect(store.inserts).toEqual([['a']]);
    store.letGo();
    await appended[0];
    await nextTurn();
    expect(store.inserts).toEqual([['a'], ['b', 'c']]);
    store.letGo();
    expect(await Promise.all(appended)).toEqual(['durable', 'durable', 'durable']);
  });

  it('publishes what is new, in the order of its storing, and nothing twice', async () => {
    const { writer, publisher, published } = setUp();
    await Promise.all(['a', 'b', 'a', 'c'].map((id) => writer.append([receipt(id)])));
    await writer.append([receipt('b')]);
    await publisher.idle();
    expect(published()).toEqual(['a', 'b', 'c']);
  });

  it('tells each webhook its own outcome', async () => {
    const { store, writer, publisher, published } = setUp();
    store.fate = ({ providerMessageId }) => (providerMessageId.startsWith('lost') ? 'unknown' : null);
    const appended = await Promise.all([
      writer.append([receipt('a')]),
      writer.append([receipt('b'), receipt('lost')]),
      writer.append([receipt('a'), receipt('c')]),
    ]);
    expect(appended).toEqual(['durable', 'unknown', 'durable']);
    await publisher.idle();
    expect(published()).toEqual(['a', 'b', 'c']);
  });

  it('refuses more than may wait, by number and by bytes, and recovers', async () => {
    const { store, writer } = setUp(new WriterLimits(2, 100));
    store.holds = true;
    const taken = [writer.append([receipt('a')]), writer.append([receipt('b', 50)])];
    expect(await writer.append([receipt('c')])).toBe('overloaded');
    store.holds = false;
    store.letGo();
    expect(await Promise.all(taken)).toEqual(['durable', 'durable']);
    expect(await writer.append([receipt('large', 101)])).toBe('overloaded');
    expect(await writer.append([receipt('c')])).toBe('durable');
  });

  it('does not wait for ever, and does not write what nobody waits for', async () => {
    const { store, writer } = setUp(new WriterLimits(100, 1_000_000, 20));
    store.holds = true;
    const appended = await Promise.all([writer.append([receipt('a')]), writer.append([receipt('b')])]);
    expect(appended).toEqual(['unknown', 'unknown']);
    store.holds = false;
    store.letGo();
    await writer.idle();
    expect(store.inserts).toEqual([['a']]);
    expect(await writer.append([receipt('b')])).toBe('durable');
  });

  it('keeps a write within its limits', async () => {
    const { store, writer } = setUp(new WriterLimits(100, 1_000_000, 5_000, 3, 40));
    store.holds = true;
    const first = writer.append([receipt('first')]);
    const rest = ['a', 'b', 'c', 'd'].map((id) => writer.append([receipt(id)]));
    const large = [writer.append([receipt('e', 39)]), writer.append([receipt('f', 39)])];
    store.holds = false;
    store.letGo();
    await Promise.all([first, ...rest, ...large]);
    expect(store.inserts).toEqual([['first'], ['a', 'b', 'c'], ['d'], ['e'], ['f']]);
  });

  it('leaves publishing to the sweeper while the bus is away', async () => {
    const { writer, publisher, bus, published } = setUp();
    bus.failWith(new Error('away'));
    expect(await writer.append([receipt('a')])).toBe('durable');
    await publisher.idle();
    bus.failWith(undefined);
    expect(await writer.append([receipt('b')])).toBe('durable');
    await publisher.idle();
    expect(published()).toEqual(['b']);
  });

  it('settles every webhook whatever the timing, and says durable only of what is kept', async () => {
    const webhook = fc.record({
      ids: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
      pause: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(webhook, { maxLength: 30 }), fc.nat(3), async (webhooks, lost) => {
        const { store, writer, publisher, published } = setUp();
        store.fate = ({ providerMessageId }) => (Number(providerMessageId) % 7 === lost ? 'unknown' : null);
        const appended: Promise<[string[], string]>[] = [];
        for (const { ids, pause } of webhooks) {
          const receipts = ids.map((id) => receipt(String(id)));
          appended.push(writer.append(receipts).then((outcome) => [receipts.map(({ id }) => id), outcome]));
          if (pause) await nextTurn();
        }
        for (const [ids, outcome] of await Promise.all(appended)) {
          expect(outcome === 'durable').toBe(ids.every((id) => store.kept.has(id)));
        }
        await publisher.idle();
        expect(published()).toEqual(
          [...store.kept.values()].map(({ providerMessageId }) => providerMessageId),
        );
      }),
    );
  });
});
