import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Body, Controller, Get, Inject, Logger, Module, Post } from '@nestjs/common';
import {
  Answers,
  BusModule,
  CallClient,
  currentContext,
  EventPublisher,
  OnEvents,
  type EventOf,
} from '@partyline/bus';
import { GetDirectoryRecord, InboundMessageReceived, UserChanged } from '@partyline/contracts';
import { MongoModule } from '@partyline/mongo';
import { endGracefully, ObservabilityModule, ReadinessChecks } from '@partyline/observability';
import {
  eventually,
  freshDbPrefix,
  mongoUrl,
  startNats,
  startService,
  type RunningService,
  type TestNats,
} from '@partyline/testing';
import type { z } from 'zod';

jest.setTimeout(40_000);

const heard: { inRequest: string[]; inCall: string[]; inEvent: string[] } = {
  inRequest: [],
  inCall: [],
  inEvent: [],
};
let finishSlow: (() => void) | undefined;

@Controller()
class Everything {
  private readonly logger = new Logger(Everything.name);

  constructor(
    @Inject(CallClient) private readonly calls: CallClient,
    @Inject(EventPublisher) private readonly events: EventPublisher,
  ) {}

  @Post('echo')
  async echo(@Body() body: { name: string }): Promise<{ name: string }> {
    const { correlationId } = currentContext();
    heard.inRequest.push(correlationId);
    this.logger.log({ msg: 'in the request', password: 'hunter2', nested: { token: 'abc' } });
    await this.calls.call(GetDirectoryRecord, {
      tenantId: 'demo',
      userId: 'ada',
      correlationId,
      kind: 'numbers',
      id: 'x',
    });
    await this.events.publish([
      {
        subject: `routing.demo.echo.v1`,
        envelope: {
          id: 'ev_1',
          type: 'echo',
          version: 1,
          occurredAt: '2026-11-23T18:00:00.000Z',
          tenantId: 'demo',
          aggregateId: 'a',
          actor: { kind: 'system', id: 'test' },
          correlationId,
          data: {},
        },
      },
    ]);
    return body;
  }

  @Get('slow')
  slow(): Promise<string> {
    return new Promise((resolve) => {
      finishSlow = () => resolve('done');
    });
  }

  @Answers(GetDirectoryRecord)
  record(
    request: z.infer<typeof GetDirectoryRecord.request>,
  ): Promise<z.infer<typeof GetDirectoryRecord.answer>> {
    heard.inCall.push(currentContext().correlationId);
    return Promise.resolve({ ok: true, value: { id: request.id } });
  }

  @OnEvents([InboundMessageReceived])
  received(events: readonly EventOf<typeof InboundMessageReceived>[]): Promise<void> {
    heard.inEvent.push(...events.map(({ correlationId }) => correlationId));
    return Promise.resolve();
  }

  @OnEvents(UserChanged)
  userChanged(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a service', () => {
  let nats: TestNats;
  let service: RunningService;
  let lines: string[];
  let restoreStdout: () => void;

  beforeEach(async () => {
    lines = [];
    finishSlow = undefined;
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    });
    restoreStdout = () => write.mockRestore();
    nats = await startNats();
    const load = () => {
      @Module({
        imports: [
          ObservabilityModule.forRoot({ service: 'routing' }),
          BusModule.forRoot({ service: 'routing', natsUrl: nats.url, publishes: 'routing' }),
          MongoModule.forRoot({ service: 'routing', url: mongoUrl() }),
        ],
        controllers: [Everything],
      })
      class AppModule {}
      return Promise.resolve(AppModule);
    };
    service = await startService(load, { MONGODB_DB_PREFIX: freshDbPrefix(), LOG_LEVEL: 'info' });
  });

  afterEach(async () => {
    restoreStdout();
    await service.stop();
    await nats.stop();
  });

  const post = (correlationId?: string) =>
    fetch(`${service.url}/echo`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer abc',
        ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
      },
      body: JSON.stringify({ name: 'x' }),
    });

  it('is live and ready, and says what it lacks when it is not', async () => {
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${service.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(Object.keys(((await ready.json()) as { details: object }).details).sort()).toEqual([
      'bus',
      'mongodb',
    ]);
    await nats.kill();
    await eventually(async () => {
      const lacking = await fetch(`${service.url}/health/ready`);
      expect(lacking.status).toBe(503);
      expect(await lacking.text()).toContain('NATS');
    });
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    await nats.start();
    await eventually(async () => expect((await fetch(`${service.url}/health/ready`)).status).toBe(200));
  });

  it('carries the correlation id from the request into calls, log lines and the answer', async () => {
    const answer = await post('co_given');
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-correlation-id')).toBe('co_given');
    expect(heard.inRequest.at(-1)).toBe('co_given');
    expect(heard.inCall.at(-1)).toBe('co_given');
    await eventually(() => expect(lines.join('')).toContain('"path":"/echo"'));
    const mine = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line.correlationId === 'co_given');
    expect(mine.map(({ msg, path }) => msg ?? path)).toEqual(['in the request', '/echo']);
    expect(mine[0]).toMatchObject({
      level: 'info',
      service: 'routing',
      password: '[redacted]',
      nested: { token: '[redacted]' },
    });
    expect(mine[1]).toMatchObject({ method: 'POST', path: '/echo', status: 201 });
    expect(lines.join('')).not.toMatch(/hunter2|Bearer abc/);
  });

  it('makes a correlation id of its own where none is given, or a strange one', async () => {
    const ids = await Promise.all(
      [post(), post('a b\u00e9'), post('x'.repeat(200))].map(async (answer) =>
        (await answer).headers.get('x-correlation-id'),
      ),
    );
    for (const id of ids) expect(id).toMatch(/^co_[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(3);
  });

  it('counts', async () => {
    await post();
    await eventually(async () => {
      const text = await (await fetch(`${service.url}/metrics`)).text();
      const samples = text.split('\n').filter((line) => !line.startsWith('#') && !line.includes('_bucket'));
      const valueOf = (name: string, label: string) =>
        samples
          .find((line) => line.startsWith(`${name}{`) && line.includes(label))
          ?.split(' ')
          .at(-1);
      expect(valueOf('http_request_duration_seconds_count', 'route="/echo"')).toBe('1');
      expect(valueOf('bus_published_total', 'outcome="acknowledged"')).toBe('1');
      expect(valueOf('bus_call_seconds_count', 'call="cmd.routing.get.v1"')).toBe('1');
      expect(valueOf('bus_answer_seconds_count', 'call="cmd.routing.get.v1"')).toBe('1');
      expect(valueOf('process_cpu_seconds_total', 'service="routing"')).toBeDefined();
    });
  });

  it('finishes a request at work when it ends, says at once that it is not ready, and exits 0', async () => {
    const slow = fetch(`${service.url}/slow`);
    await eventually(() => expect(finishSlow).toBeDefined());
    const exits: number[] = [];
    const ending = endGracefully(service.app, {
      drainMs: 300,
      limitMs: 5_000,
      afterwards: () => Promise.resolve(),
      exit: (code) => exits.push(code),
    });
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
    finishSlow?.();
    expect(await (await slow).text()).toBe('done');
    await ending;
    expect(exits).toEqual([0]);
  });

  it('ends with 1 when finishing takes too long', async () => {
    const slow = fetch(`${service.url}/slow`);
    const exits: number[] = [];
    await eventually(() => expect(finishSlow).toBeDefined());
    const ending = endGracefully(service.app, {
      drainMs: 0,
      limitMs: 100,
      afterwards: () => Promise.resolve(),
      exit: (code) => exits.push(code),
    });
    await eventually(() => expect(exits).toEqual([1]));
    finishSlow?.();
    await slow;
    await ending;
  });

  it('lets whoever asks for readiness add a check of their own', async () => {
    service.app.get(ReadinessChecks, { strict: false }).add('paper', () => {
      throw new Error('the paper is out');
    });
    const ready = await fetch(`${service.url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('the paper is out');
  });
});
