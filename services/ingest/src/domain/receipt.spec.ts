import { describe, expect, it } from '@jest/globals';
import {
  carrierStatusSchema,
  CarrierStatusReceived,
  inboundMessageSchema,
  InboundMessageReceived,
} from '@partyline/contracts';
import type { CarrierMessage, CarrierStatusReport } from '@partyline/carriers';
import { messageId } from '@partyline/kernel';
import { eventOf } from './receipt-event.js';
import { receiptsOf, type Arrival } from './receipt.js';
import { isGivenUp, patience, publicationId } from './republication.js';

const account = { id: 'acc', tenantId: 'acme', carrier: 'twilio', settings: {} };
const receivedAt = new Date('2026-11-23T18:00:00.000Z');
const arrival = (bytes = 10): Arrival => ({
  receivedAt,
  correlationId: 'co_1',
  traceparent: null,
  raw: { method: 'POST', query: '', headers: {}, body: new Uint8Array(bytes) },
});
const message: CarrierMessage = {
  kind: 'message',
  providerMessageId: 'SM1',
  from: '+14155550123',
  to: '+12125550101',
  group: [],
  text: ' hi ',
  media: [
    { url: 'https://x.example/1', contentType: 'image/jpeg' },
    { url: 'https://x.example/2', contentType: null },
  ],
  segments: 1,
};
const status: CarrierStatusReport = {
  kind: 'status',
  providerMessageId: 'SM1',
  status: 'failed',
  rawStatus: 'failed',
  errorCode: '21610',
  errorClass: 'opted_out',
  description: null,
  reference: 'ms_1',
};

describe('receiptsOf', () => {
  it('gives what the contract asks for', () => {
    const [text, told] = receiptsOf(account, [message, status], arrival());
    expect(inboundMessageSchema.parse(text?.event)).toMatchObject({
      messageId: messageId('twilio', 'acc', 'SM1'),
      text: ' hi ',
      receivedAt: '2026-11-23T18:00:00.000Z',
    });
    expect(carrierStatusSchema.parse(told?.event)).toMatchObject({ rawCode: '21610', reference: 'ms_1' });
  });

  it.each([
    ['STOP', {}, {}, { answeredByCarrier: true }],
    ['NO MORE', { keyword: 'stop' as const }, {}, { answeredByCarrier: true, keyword: 'stop' }],
    ['STOP', {}, { keywordAnswers: 'partyline' }, {}],
    ['hello', {}, {}, {}],
  ])('says of %j, %j with the settings %j who answers it', (text, more, settings, said) => {
    const [receipt] = receiptsOf({ ...account, settings }, [{ ...message, text, ...more }], arrival());
    const event = inboundMessageSchema.parse(receipt?.event);
    const { keyword, answeredByCarrier } = event;
    expect({ keyword, answeredByCarrier }).toEqual({
      keyword: undefined,
      answeredByCarrier: undefined,
      ...said,
    });
  });

  it('has one id for every delivery of the same event, and others for other events', () => {
    const ids = (...events: Parameters<typeof receiptsOf>[1][number][]) =>
      receiptsOf(account, events, arrival()).map(({ id }) => id);
    expect(ids({ ...message, text: 'changed' })).toEqual(ids(message));
    const sent = { ...status, rawStatus: 'sent' };
    expect(new Set(ids(message, status, sent, { ...message, providerMessageId: 'SM2' })).size).toBe(4);
    const elsewhere = receiptsOf({ ...account, tenantId: 'other' }, [message], arrival());
    expect(elsewhere[0]?.id).not.toBe(ids(message)[0]);
  });

  it('names media so that no two in a conversation are the same', () => {
    const media = receiptsOf(account, [message, { ...message, providerMessageId: 'SM2' }], arrival()).flatMap(
      ({ event }) => ('media' in event ? event.media : []),
    );
    expect(new Set(media.map(({ id }) => id)).size).toBe(4);
  });

  it('keeps a large body once, a small one with each', () => {
    const rawOf = (bytes: number) =>
      receiptsOf(account, [message, status], arrival(bytes)).map(({ raw }) => raw !== null);
    expect(rawOf(100)).toEqual([true, true]);
    expect(rawOf(100_000)).toEqual([true, false]);
  });
});

describe('eventOf', () => {
  it('publishes what others can parse, under the id of the receipt', () => {
    const [text, told] = receiptsOf(account, [message, status], {
      ...arrival(),
      traceparent: '00-1-2-01',
    }).map(eventOf);
    expect(text?.subject).toBe('ingest.acme.message.received.v1');
    expect(InboundMessageReceived.parse(text?.envelope)).toMatchObject({
      correlationId: 'co_1',
      traceparent: '00-1-2-01',
      actor: { kind: 'contact', id: '+14155550123' },
    });
    expect(told?.subject).toBe('ingest.acme.message.status.v1');
    expect(CarrierStatusReceived.parse(told?.envelope).actor).toEqual({ kind: 'carrier', id: 'twilio' });
  });
});

describe('republication', () => {
  it('waits half a minute, then twice as long each time, ten minutes at most', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map(patience)).toEqual(
      [30, 60, 120, 240, 480, 600, 600].map((s) => s * 1000),
    );
  });

  it('never repeats a publication id', () => {
    expect([0, 1, 2].map((times) => publicationId('rc_1', times))).toEqual(['rc_1', 'rc_1.1', 'rc_1.2']);
  });

  it('gives up a status after a day, a text never', () => {
    const later = (hours: number) => new Date(receivedAt.getTime() + hours * 3_600_000);
    expect(isGivenUp({ kind: 'status', receivedAt }, later(23))).toBe(false);
    expect(isGivenUp({ kind: 'status', receivedAt }, later(25))).toBe(true);
    expect(isGivenUp({ kind: 'message', receivedAt }, later(10_000))).toBe(false);
  });
});
