import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Inject, Module, Post } from '@nestjs/common';
import { BusModule, currentContext, DeadLetters, EventPublisher, OnEvents } from '@partyline/bus';
import { UserChanged, type Envelope } from '@partyline/contracts';
import { ObservabilityModule, startTracing, type StopTracing } from '@partyline/observability';
import { eventually, startNats, startService, type RunningService, type TestNats } from '@partyline/testing';

jest.setTimeout(30_000);

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}
interface Exported {
  readonly resourceSpans: { readonly scopeSpans: { readonly spans: Span[] }[] }[];
}

let inHandler: string | undefined;

@Controller()
class Accounts {
  constructor(@Inject(EventPublisher) private readonly events: EventPublisher) {}

  @Post('change')
  async change(): Promise<void> {
    const { correlationId, traceparent } = currentContext();
    const envelope: Envelope = {
      id: 'ev_1',
      type: UserChanged.type,
      version: 1,
      occurredAt: '2026-11-23T18:00:00.000Z',
      tenantId: 'demo',
      aggregateId: 'ada',
      actor: { kind: 'user', id: 'ada' },
      correlationId,
      ...(traceparent === undefined ? {} : { traceparent }),
      data: {
        revision: 1,
        userId: 'ada',
        name: 'Ada',
        email: 'ada@example.com',
        roleId: 'admin',
        permissions: [],
        active: true,
        availability: 'available',
      },
    };
    await this.events.publish([{ subject: UserChanged.subject('demo'), envelope }]);
  }

  @OnEvents(UserChanged)
  changed(): Promise<void> {
    inHandler = currentContext().traceparent;
    return Promise.resolve();
  }
}

describe('a trace', () => {
  let collector: Server;
  let spans: Span[];
  let nats: TestNats;
  let service: RunningService;
  let stopTracing: StopTracing;

  beforeAll(async () => {
    spans = [];
    collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { resourceSpans } = JSON.parse(body) as Exported;
        spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint;
    process.env.OTEL_BSP_SCHEDULE_DELAY = '50';
    stopTracing = await startTracing('gateway');
    nats = await startNats();
    const load = () => {
      @Module({
        imports: [
          ObservabilityModule.forRoot({ service: 'gateway' }),
          BusModule.forRoot({ service: 'gateway', natsUrl: nats.urls.gateway, publishes: 'accounts' }),
        ],
        controllers: [Accounts],
        providers: [{ provide: DeadLetters, useValue: { store: () => Promise.resolve() } }],
      })
      class AppModule {}
      return Promise.resolve(AppModule);
    };
    service = await startService(load, {});
  });

  afterAll(async () => {
    await service.stop();
    await nats.stop();
    await stopTracing();
    collector.close();
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    delete process.env.OTEL_BSP_SCHEDULE_DELAY;
  });

  it('goes from the caller through the request and over NATS to the handler', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    await fetch(`${service.url}/change`, { method: 'POST', headers: { traceparent } });
    const find = (name: string) => spans.find((span) => span.name === name && span.traceId === traceId);
    const request = await eventually(() => find('POST /change') ?? false);
    const handled = await eventually(() => find('handle gateway-changed') ?? false);
    expect(request.parentSpanId).toBe('b7ad6b7169203331');
    expect(handled.parentSpanId).toBe(request.spanId);
    expect(inHandler).toBe(`00-${traceId}-${handled.spanId}-01`);
  });
});
