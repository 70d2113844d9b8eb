import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, type INestApplication } from '@nestjs/common';
import {
  Answers,
  CallClient,
  CallTimedOut,
  CallUnavailable,
  currentContext,
  runInContext,
} from '@partyline/bus';
import { ListWaiting, TraceReceipt } from '@partyline/contracts';
import { eventually, startNats, type TestNats } from '@partyline/testing';
import type { z } from 'zod';
import { startBusApp } from './bus-app.js';

jest.setTimeout(40_000);

type Request = z.infer<typeof ListWaiting.request>;
type Answer = z.infer<typeof ListWaiting.answer>;

let answer: (request: Request) => Promise<Answer>;

@Controller()
class Waiting {
  @Answers(ListWaiting)
  waiting(request: Request): Promise<Answer> {
    return answer(request);
  }
}

const nothing: Answer = { ok: true, value: { items: [], next: null } };

describe('calls between services', () => {
  let nats: TestNats;
  let client: CallClient;
  let caller: INestApplication;
  let answerers: INestApplication[] = [];

  const startAnswerer = async () => {
    const app = await startBusApp({ service: 'inbox', natsUrl: nats.urls.inbox }, [Waiting]);
    answerers.push(app);
    return app;
  };

  beforeAll(async () => {
    nats = await startNats();
    caller = await startBusApp({ service: 'notify', natsUrl: nats.urls.notify });
    client = caller.get(CallClient);
  });

  afterEach(async () => {
    for (const app of answerers) await app.close();
    answerers = [];
  });

  afterAll(async () => {
    await caller.close();
    await nats.stop();
  });

  it('are answered, with the correlation id carried over', async () => {
    const heard: unknown[] = [];
    answer = (request) => {
      heard.push(request, currentContext().correlationId);
      return Promise.resolve(nothing);
    };
    await startAnswerer();
    const call = () => client.call(ListWaiting, { limit: 10 });
    expect(await runInContext({ correlationId: 'co_call' }, call)).toEqual(nothing);
    expect(heard).toEqual([{ limit: 10 }, 'co_call']);
  });

  it('that nobody answers are told as not carried out', async () => {
    await expect(client.call(ListWaiting, { limit: 1 })).rejects.toThrow(CallUnavailable);
  });

  it('that the service may not make are told as not carried out', async () => {
    const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co' };
    const call = client.call(TraceReceipt, { ...viewer, messageId: 'ms' }, { timeoutMs: 1_000 });
    await expect(call).rejects.toThrow(CallUnavailable);
  });

  it('that are not answered in time are told as unknown', async () => {
    let release = () => {};
    answer = () =>
      new Promise((resolve) => {
        release = () => resolve(nothing);
      });
    await startAnswerer();
    await expect(client.call(ListWaiting, { limit: 1 }, { timeoutMs: 100 })).rejects.toThrow(CallTimedOut);
    release();
  });

  it('with a request that does not fit are answered with what is wrong', async () => {
    answer = () => Promise.resolve(nothing);
    await startAnswerer();
    const refused = await client.call(ListWaiting, { limit: 0 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'VALIDATION', issues: [{ path: 'limit' }] } });
  });

  it('whose handler throws are answered with INTERNAL and nothing of the reason', async () => {
    answer = () => Promise.reject(new Error('password is hunter2'));
    await startAnswerer();
    const refused = await client.call(ListWaiting, { limit: 1 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(refused)).not.toContain('hunter2');
  });

  it('are shared between replicas, and a replica that stops finishes what it has begun', async () => {
    const releases: (() => void)[] = [];
    answer = () => new Promise((resolve) => releases.push(() => resolve(nothing)));
    const [first, second] = [await startAnswerer(), await startAnswerer()];
    const calls = Array.from({ length: 20 }, () => client.call(ListWaiting, { limit: 1 }));
    await eventually(() => expect(releases).toHaveLength(20));
    answerers = [];
    const closing = Promise.all([first.close(), second.close()]);
    for (const release of releases) release();
    expect(await Promise.all(calls)).toHaveLength(20);
    await closing;
    await expect(client.call(ListWaiting, { limit: 1 })).rejects.toThrow(CallUnavailable);
  });

  it('while NATS is away are told as not carried out, and work when it is back', async () => {
    answer = () => Promise.resolve(nothing);
    await startAnswerer();
    await nats.kill();
    await eventually(() => expect(client.call(ListWaiting, { limit: 1 })).rejects.toThrow(CallUnavailable));
    await nats.start();
    await eventually(async () => expect(await client.call(ListWaiting, { limit: 1 })).toEqual(nothing));
  });
});
