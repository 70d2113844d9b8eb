import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { accepted, throttled, unknownOutcome, type SendOutcome } from '@partyline/carriers';
import { DeliveryStatusChanged } from '@partyline/contracts';
import { eventually, FixedClock, MemoryEventPublisher } from '@partyline/testing';
import { MemoryAccountPace } from '../../test/support/memory-account-pace.js';
import { MemoryAttemptStore } from '../../test/support/memory-attempt-store.js';
import { aReply } from '../../test/support/replies.js';
import type { Attempt } from '../domain/attempt.js';
import { AcceptReplies } from './accept-replies.js';
import { AnnounceStatus } from './announce-status.js';
import { ApplyCarrierStatus } from './apply-carrier-status.js';
import { CarrierGateway, type CarrierLine } from './carrier-gateway.js';
import { Consents } from './consents.js';
import { Dispatcher } from './dispatcher.js';
import { MarkLanded } from './mark-landed.js';
import { Reannounce } from './reannounce.js';
import { SendAttempt } from './send-attempt.js';
import { DeliverySettings } from './settings.js';
import { SettleInterrupted } from './settle-interrupted.js';

class FakeCarrier extends CarrierGateway {
  readonly texts: string[] = [];
  answer: (attempt: Attempt) => SendOutcome | Promise<SendOutcome> = ({ id }) => accepted(`SM_${id}`);
  account: CarrierLine = {
    kind: 'ready',
    send: async (attempt) => {
      this.texts.push(attempt.text);
      return this.answer(attempt);
    },
  };

  override lineFor(): Promise<CarrierLine> {
    return Promise.resolve(this.account);
  }
}

class FakeConsents extends Consents {
  readonly stopped = new Set<string>();

  override record(): Promise<void> {
    return Promise.resolve();
  }

  override optedOut(_tenantId: string, _number: string, peer: string): Promise<boolean> {
    return Promise.resolve(this.stopped.has(peer));
  }
}

function world() {
  const clock = new FixedClock();
  const store = new MemoryAttemptStore();
  const publisher = new MemoryEventPublisher();
  const carrier = new FakeCarrier();
  const consents = new FakeConsents();
  const settings = new DeliverySettings(15_000, 40_000, 4, 600_000);
  const announce = new AnnounceStatus(store, publisher, clock);
  const pace = new MemoryAccountPace(clock);
  const send = new SendAttempt(store, consents, carrier, announce, pace, settings, clock);
  const dispatcher = new Dispatcher(store, send, settings, clock);
  const accept = new AcceptReplies(store, dispatcher, announce, clock);
  return {
    clock,
    store,
    publisher,
    carrier,
    consents,
    dispatcher,
    accept,
    interrupted: new SettleInterrupted(store, announce, dispatcher, clock),
    apply: new ApplyCarrierStatus(store, announce, dispatcher, settings, clock),
    landed: new MarkLanded(store),
    reannounce: new Reannounce(store, announce, clock),
    told: () => publisher.of(DeliveryStatusChanged).map(({ data }) => data.status),
    status: (id: string) => store.kept.get(id)?.status,
  };
}

Logger.overrideLogger(false);

let w: ReturnType<typeof world>;
beforeEach(() => {
  w = world();
});

const first = aReply({ messageId: 'ms_1', seq: 2, text: 'first' });
const second = aReply({ messageId: 'ms_2', seq: 3, text: 'second' });

describe('replies', () => {
  it('are sent once and their status is told, however often they are queued', async () => {
    await w.accept.execute([first]);
    await eventually(() => expect(w.told()).toEqual(['sent']));
    await w.accept.execute([first]);
    await eventually(() => expect(w.told()).toEqual(['sent', 'sent']));
    expect(w.carrier.texts).toEqual(['first']);
  });

  it('leave at once, also where the clock of the inbox service is an hour ahead', async () => {
    const queuedAt = new Date(w.clock.now().getTime() + 3_600_000);
    await w.accept.execute([aReply({ messageId: 'ms_1', text: 'first', queuedAt })]);
    await eventually(() => expect(w.carrier.texts).toEqual(['first']));
    expect(w.store.kept.get('ms_1')?.queuedAt).toEqual(w.clock.now());
  });

  it('keep what they cost by the prices of their account, and how many segments they have', async () => {
    const { account } = w.carrier;
    const costOf = ({ segments }: Attempt) => ({ currency: 'USD', millionths: 7_900 * (segments ?? 0) });
    if (account.kind === 'ready') w.carrier.account = { ...account, costOf };
    await w.accept.execute([aReply({ messageId: 'ms_1', text: 'a'.repeat(161) })]);
    await eventually(() => expect(w.told()).toEqual(['sent']));
    expect(w.store.kept.get('ms_1')).toMatchObject({
      segments: 2,
      cost: { currency: 'USD', millionths: 15_800 },
    });
  });

  it('leave at the pace of their account, each at its turn, though another replica looks then', async () => {
    const { account } = w.carrier;
    if (account.kind === 'ready') w.carrier.account = { ...account, perSecond: 1 };
    const replies = ['cv_1', 'cv_2', 'cv_3'].map((conversationId, index) =>
      aReply({ messageId: `ms_${index}`, conversationId, text: conversationId }),
    );
    await w.accept.execute(replies);
    await eventually(() => {
      expect(w.carrier.texts).toEqual(['cv_1']);
      const turns = replies.map(({ messageId }) => w.store.kept.get(messageId)?.turnAt?.getTime());
      const now = w.clock.now().getTime();
      expect(turns).toEqual([undefined, now + 1_000, now + 2_000]);
    });
    w.clock.advance(1_000);
    await w.dispatcher.sweep();
    await eventually(() => expect(w.carrier.texts).toEqual(['cv_1', 'cv_2']));
    w.clock.advance(1_000);
    await w.dispatcher.sweep();
    await eventually(() => expect(w.carrier.texts).toEqual(['cv_1', 'cv_2', 'cv_3']));
  });

  it('leave after the one before, which was told late, but do not wait for ever', async () => {
    const behind = { ...second, after: 'ms_1' };
    await w.accept.execute([behind]);
    await eventually(() => expect(w.store.kept.get('ms_2')?.nextAttemptAt).not.toEqual(behind.queuedAt));
    w.clock.advance(60_000);
    await w.accept.execute([first]);
    await w.dispatcher.sweep();
    await eventually(() => expect(w.carrier.texts).toEqual(['first', 'second']));
    const third = aReply({
      messageId: 'ms_3',
      seq: 4,
      text: 'third',
      after: 'ms_lost',
      queuedAt: w.clock.now(),
    });
    await w.accept.execute([third]);
    await eventually(() => expect(w.store.kept.get('ms_3')?.nextAttemptAt).not.toEqual(third.queuedAt));
    expect(w.carrier.texts).toHaveLength(2);
    w.clock.advance(120_000);
    await w.dispatcher.sweep();
    await eventually(() => expect(w.carrier.texts.at(-1)).toBe('third'));
  });

  it('of one conversation leave in the order of its log, even when they are heard of in another', async () => {
    await w.accept.execute([second, first]);
    await eventually(() => expect(w.carrier.texts).toEqual(['first', 'second']));
  });

  it('wait for an earlier one that has to be tried again', async () => {
    w.carrier.answer = () => throttled(5_000, 'slow down');
    await w.accept.execute([first, second]);
    await eventually(() => expect(w.store.kept.get('ms_1')?.tries).toBe(1));
    await w.dispatcher.sweep();
    w.carrier.answer = ({ id }) => accepted(`SM_${id}`);
    expect(w.carrier.texts).toEqual(['first']);
    w.clock.advance(6_000);
    await w.dispatcher.sweep();
    await eventually(() => expect(w.carrier.texts).toEqual(['first', 'first', 'second']));
  });

  it('do not wait for one whose outcome is unknown, and that one is never sent again', async () => {
    w.carrier.answer = ({ text }) => (text === 'first' ? unknownOutcome('no answer') : accepted('SM2'));
    await w.accept.execute([first, second]);
    await eventually(() => expect(w.status('ms_2')).toBe('sent'));
    w.clock.advance(3_600_000);
    await w.dispatcher.sweep();
    await w.interrupted.execute();
    expect(w.carrier.texts).toEqual(['first', 'second']);
    expect(w.status('ms_1')).toBe('unknown');
  });

  it('of other conversations do not wait for a carrier that is slow with one', async () => {
    const other = aReply({ messageId: 'ms_9', conversationId: 'cv_9', text: 'other' });
    let release = (_outcome: SendOutcome): void => undefined;
    const slow = new Promise<SendOutcome>((resolve) => {
      release = resolve;
    });
    w.carrier.answer = ({ text, id }) => (text === 'first' ? slow : accepted(`SM_${id}`));
    await w.accept.execute([first, other]);
    await eventually(() => expect(w.status('ms_9')).toBe('sent'));
    release(accepted('SM_1'));
    await eventually(() => expect(w.status('ms_1')).toBe('sent'));
  });

  it.each([
    [9_999, ['first', 'second'], 'sent'],
    [10_000, ['second'], 'unknown'],
  ])('whose claim took %i ms to write: %j leave, the first is %s', async (heldUpMs, texts, status) => {
    const change = w.store.change.bind(w.store);
    w.store.change = async (ref, decide) => {
      const changed = await change(ref, decide);
      if (ref.id === 'ms_1' && changed?.state === 'sending') w.clock.advance(heldUpMs);
      return changed;
    };
    await w.accept.execute([first, second]);
    await eventually(() =>
      expect(w.store.kept.get('ms_1')?.state).toBe(status === 'sent' ? 'settled' : 'sending'),
    );
    w.clock.advance(40_000);
    await w.interrupted.execute();
    await eventually(() => expect(w.status('ms_2')).toBe('sent'));
    expect(w.carrier.texts).toEqual(texts);
    expect(w.status('ms_1')).toBe(status);
  });

  it('to somebody who said STOP are not sent', async () => {
    w.consents.stopped.add('+12125557001');
    await w.accept.execute([first]);
    await eventually(() => expect(w.told()).toEqual(['failed']));
    expect(w.carrier.texts).toEqual([]);
    expect(w.store.kept.get('ms_1')?.errorClass).toBe('opted_out');
  });

  it('that answer a STOP are sent to who said it', async () => {
    w.consents.stopped.add('+12125557001');
    await w.accept.execute([{ ...first, answersKeyword: true }, second]);
    await eventually(() => expect(w.status('ms_2')).toBe('failed'));
    expect(w.carrier.texts).toEqual([first.text]);
  });

  it('wait while their carrier account cannot be read, and go when it can', async () => {
    const ready = w.carrier.account;
    w.carrier.account = { kind: 'unavailable', description: 'ingest does not answer' };
    await w.accept.execute([first]);
    await eventually(() => expect(w.store.kept.get('ms_1')?.tries).toBe(1));
    w.carrier.account = ready;
    w.clock.advance(2_000);
    await w.dispatcher.sweep();
    await eventually(() => expect(w.status('ms_1')).toBe('sent'));
  });

  it('to a group are sent to each, and told when the last one is out', async () => {
    await w.accept.execute([{ ...first, to: ['+12125557001', '+12125557002'] }]);
    await eventually(() => expect(w.told()).toEqual(['sent']));
    expect(w.carrier.texts).toEqual(['first', 'first']);
  });
});

describe("a carrier's status", () => {
  const ref = {
    tenantId: 'demo',
    carrier: 'simulator',
    accountId: 'demo-simulator',
    providerMessageId: 'SM_ms_1',
  };
  const report = {
    receiptId: 'rc_1',
    providerMessageId: 'SM_ms_1',
    status: 'delivered',
    errorClass: null,
    rawCode: 'delivered',
    description: null,
  } as const;

  it('is told with its receipt, again too when it changes nothing', async () => {
    await w.accept.execute([first]);
    await eventually(() => expect(w.status('ms_1')).toBe('sent'));
    for (let time = 0; time < 2; time += 1) {
      const outcome = await w.apply.execute({ ...ref, reference: null }, report, w.clock.now());
      expect(outcome).toEqual({ kind: 'applied' });
    }
    const events = w.publisher.of(DeliveryStatusChanged).slice(-2);
    expect(events.map(({ data }) => [data.status, data.receiptIds])).toEqual([
      ['delivered', ['rc_1']],
      ['delivered', ['rc_1']],
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  it('settles a reply whose send call was never answered, by the reference', async () => {
    w.carrier.answer = () => unknownOutcome('no answer');
    await w.accept.execute([first]);
    await eventually(() => expect(w.status('ms_1')).toBe('unknown'));
    await w.apply.execute({ ...ref, reference: 'ms_1' }, report, w.clock.now());
    expect(w.told()).toEqual(['unknown', 'delivered']);
    expect(w.carrier.texts).toEqual(['first']);
  });

  it('that beats the answer of the send call is tried again, for ten minutes', async () => {
    const receivedAt = w.clock.now();
    const stray = { ...ref, reference: null };
    expect(await w.apply.execute(stray, report, receivedAt)).toEqual({ kind: 'early', tryAgainMs: 200 });
    w.clock.advance(600_000);
    expect(await w.apply.execute(stray, report, receivedAt)).toEqual({ kind: 'stray' });
  });

  it('of another tenant is not believed', async () => {
    await w.accept.execute([first]);
    await eventually(() => expect(w.status('ms_1')).toBe('sent'));
    const theirs = { ...ref, tenantId: 'other', reference: 'ms_1' };
    expect(await w.apply.execute(theirs, report, w.clock.now())).toMatchObject({ kind: 'early' });
  });
});

describe('a status that the conversation does not show', () => {
  it('is announced again until it does', async () => {
    await w.accept.execute([first]);
    await eventually(() => expect(w.told()).toEqual(['sent']));
    await w.reannounce.execute();
    expect(w.told()).toEqual(['sent']);
    w.clock.advance(31_000);
    await w.reannounce.execute();
    expect(w.told()).toEqual(['sent', 'sent']);
    await w.landed.execute({ tenantId: 'demo', messageId: 'ms_1', status: 'sent' });
    w.clock.advance(3_600_000);
    await w.reannounce.execute();
    expect(w.told()).toEqual(['sent', 'sent']);
  });

  it('is announced again when publishing failed', async () => {
    w.publisher.failWith(new Error('no stream'));
    await w.accept.execute([first]);
    await eventually(() => expect(w.store.kept.get('ms_1')?.announcements).toBe(1));
    w.publisher.failWith(undefined);
    w.clock.advance(31_000);
    await w.reannounce.execute();
    expect(w.told()).toEqual(['sent']);
  });
});
