import { describe, expect, it } from '@jest/globals';
import { decodePdu, type Delivery } from '@partyline/carriers';
import { FixedClock, MemoryEventPublisher } from '@partyline/testing';
import {
  MemoryActivity,
  MemoryReceiptStore,
  MemoryRefusals,
  SilentMetrics,
} from '../../test/support/fakes.js';
import { MemoryRefusedWebhooks } from '../../test/support/memory-refused.js';
import { noParts } from '../../test/support/no-parts.js';
import { OpenTexts } from '../domain/open-texts.js';
import { AcceptDelivery } from './accept-delivery.js';
import type { BoundLine } from './bound-accounts.js';
import { ReceiptPublisher } from './receipt-publisher.js';
import { ReceiptWriter, WriterLimits } from './receipt-writer.js';

const HOUR_MS = 60 * 60_000;
const account = {
  id: 'acme-smpp',
  tenantId: 'acme',
  carrier: 'smpp',
  name: 'SMPP',
  publicUrl: 'https://texts.example.com/hooks/smpp/acme-smpp',
  settings: {},
  sealed: {},
  active: true,
};
const line: BoundLine = { account, open: { ...account, secrets: {} }, version: '1' };

function setUp(limits = new WriterLimits()) {
  const clock = new FixedClock();
  const store = new MemoryReceiptStore();
  const publisher = new ReceiptPublisher(new MemoryEventPublisher());
  const metrics = new SilentMetrics();
  const activity = new MemoryActivity();
  const writer = new ReceiptWriter(store, publisher, noParts(publisher), metrics, activity, clock, limits);
  const refused = new MemoryRefusedWebhooks();
  const accept = new AcceptDelivery(writer, new MemoryRefusals(), refused, metrics, clock);
  const texts = new OpenTexts('e');
  let sequence = 0;
  const handOver = (words: string) => {
    sequence += 1;
    return accept.execute(line, texts, delivery(words, sequence));
  };
  return { clock, store, metrics, texts, handOver };
}

/** A deliver_sm, with everything that it needs and nothing else. */
function delivery(words: string, sequence: number): Delivery {
  const address = (digits: string): string => `0101${Buffer.from(digits).toString('hex')}00`;
  const body = Buffer.from(
    `00${address('14155550123')}${address('12125550101')}000000000000000000` +
      Buffer.of(words.length).toString('hex') +
      Buffer.from(words).toString('hex'),
    'hex',
  );
  const frame = Buffer.concat([Buffer.alloc(16), body]);
  [frame.length, 0x5, 0, sequence].forEach((value, index) => frame.writeUInt32BE(value, index * 4));
  return { frame, command: 'deliver_sm', sequence, pdu: decodePdu(frame) };
}

describe('what an SMSC hands over', () => {
  it('is kept when it is durable', async () => {
    const { store, handOver } = setUp();
    expect(await handOver('hi').verdict).toBe('kept');
    expect([...store.kept.values()]).toMatchObject([{ event: { text: 'hi', from: '+14155550123' } }]);
  });

  it('again after it was not surely stored counts once, whatever somebody does to the clock', async () => {
    const { clock, store, texts, handOver } = setUp();
    store.fate = () => 'unknown';
    const first = handOver('hi');
    expect(await first.verdict).toBe('later');
    if (!first.arrived) throw new Error('it is a text');
    texts.answered(first.arrived, false, performance.now());
    store.fate = () => null;
    clock.advance(2 * HOUR_MS);
    const again = handOver('hi');
    expect(await again.verdict).toBe('kept');
    expect(again.arrived).toMatchObject({ id: first.arrived.id, again: true });
  });

  it('at ten times of what can wait is put off at once, and what was kept is all there', async () => {
    const { store, metrics, handOver } = setUp(new WriterLimits(50, 1_000_000, 60_000, 10));
    store.holds = true;
    const verdicts = Array.from({ length: 500 }, (_one, index) => handOver(`text ${index}`).verdict);
    expect(new Set(await Promise.all(verdicts.slice(50)))).toEqual(new Set(['busy']));
    expect(metrics.outcomes).toEqual(Array(450).fill('overloaded'));
    store.holds = false;
    store.letGo();
    expect(new Set(await Promise.all(verdicts.slice(0, 50)))).toEqual(new Set(['kept']));
    expect(store.kept.size).toBe(50);
  });
});
