import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, type Type } from '@nestjs/common';
import { Answers, EventPublisher, OnEvents } from '@partyline/bus';
import { InboundMessageReceived, ListWaiting, UserChanged } from '@partyline/contracts';
import { startNats, type TestNats } from '@partyline/testing';
import type { z } from 'zod';
import { envelopeOf, startBusApp } from './bus-app.js';

jest.setTimeout(30_000);

@Controller()
class Texts {
  @OnEvents(InboundMessageReceived)
  happened(): Promise<void> {
    return Promise.resolve();
  }
}

@Controller()
class Users {
  @OnEvents(UserChanged)
  happened(): Promise<void> {
    return Promise.resolve();
  }
}

@Controller()
class TwoStreams {
  @OnEvents([InboundMessageReceived, UserChanged])
  happened(): Promise<void> {
    return Promise.resolve();
  }
}

@Controller()
class Foreign {
  @Answers(ListWaiting)
  waiting(): Promise<z.infer<typeof ListWaiting.answer>> {
    return Promise.resolve({ ok: true, value: { items: [], next: null } });
  }
}

describe('what cannot work is refused at the start, in a sentence', () => {
  let nats: TestNats;

  beforeAll(async () => {
    nats = await startNats();
  });

  afterAll(() => nats.stop());

  it.each<[string, Type[], string]>([
    [
      'two consumers of one name',
      [Texts, Users],
      'two @OnEvents methods would share the consumer "routing-happened"',
    ],
    ['a consumer of two streams', [TwoStreams], 'must name events of exactly one stream'],
    ['an answer in place of another service', [Foreign], 'is answered by the service inbox, not by routing'],
  ])('%s', async (_what, controllers, sentence) => {
    const start = startBusApp({ service: 'routing', natsUrl: nats.urls.routing }, controllers);
    await expect(start).rejects.toThrow(sentence);
  });

  it('an event on the stream of another service', async () => {
    const app = await startBusApp({ service: 'routing', natsUrl: nats.urls.routing, publishes: 'routing' });
    const event = { subject: UserChanged.subject('demo'), envelope: envelopeOf(UserChanged.type, {}) };
    const [outcome] = await app.get(EventPublisher).publish([event]);
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome?.ok === false && outcome.error.message).toContain('does not own the stream');
    await app.close();
  });
});
