import { Inject, Injectable, Optional } from '@nestjs/common';
import { BusHealth, BusObserver, type CallOutcome } from '@partyline/bus';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Counts what happens on the bus. */
@Injectable()
export class PrometheusBusObserver extends BusObserver {
  private readonly publishSeconds: Histogram;
  private readonly publishedEvents: Counter<'outcome'>;
  private readonly handledEvents: Counter<'consumer'>;
  private readonly handleSeconds: Histogram<'consumer'>;
  private readonly retriedEvents: Counter<'consumer'>;
  private readonly deadEvents: Counter<'consumer' | 'reason'>;
  private readonly callSeconds: Histogram<'call' | 'outcome'>;
  private readonly answerSeconds: Histogram<'call' | 'outcome'>;

  constructor(@Inject(Registry) private readonly registry: Registry) {
    super();
    this.publishSeconds = this.histogram(
      'bus_publish_seconds',
      'From publishing a batch of events to its last PubAck',
    );
    this.publishedEvents = this.counter('bus_published_total', 'Events published', ['outcome']);
    this.handledEvents = this.counter('bus_handled_total', 'Events handed to a handler that resolved', [
      'consumer',
    ]);
    this.handleSeconds = this.histogram('bus_handle_seconds', 'How long a handler took for a batch', [
      'consumer',
    ]);
    this.retriedEvents = this.counter('bus_retried_total', 'Events to be delivered again', ['consumer']);
    this.deadEvents = this.counter('bus_dead_total', 'Events that became dead letters', [
      'consumer',
      'reason',
    ]);
    this.callSeconds = this.histogram('bus_call_seconds', 'Requests to other services', ['call', 'outcome']);
    this.answerSeconds = this.histogram('bus_answer_seconds', 'Requests of other services', [
      'call',
      'outcome',
    ]);
  }

  override published(succeeded: number, failed: number, seconds: number): void {
    this.publishSeconds.observe(seconds);
    if (succeeded > 0) this.publishedEvents.inc({ outcome: 'acknowledged' }, succeeded);
    if (failed > 0) this.publishedEvents.inc({ outcome: 'failed' }, failed);
  }

  override handled(consumer: string, events: number, seconds: number): void {
    this.handledEvents.inc({ consumer }, events);
    this.handleSeconds.observe({ consumer }, seconds);
  }

  override retried(consumer: string, events: number): void {
    this.retriedEvents.inc({ consumer }, events);
  }

  override dead(consumer: string, reason: string): void {
    this.deadEvents.inc({ consumer, reason: reason.length > 40 ? 'other' : reason });
  }

  override called(call: string, outcome: CallOutcome, seconds: number): void {
    this.callSeconds.observe({ call, outcome }, seconds);
  }

  override answered(call: string, failed: boolean, seconds: number): void {
    this.answerSeconds.observe({ call, outcome: failed ? 'failed' : 'answered' }, seconds);
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private histogram<L extends string>(name: string, help: string, labelNames: L[] = []): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: [this.registry] });
  }
}

/** How far this service's consumers are behind, asked at each scrape. */
@Injectable()
export class ConsumerLagMetrics {
  constructor(@Inject(Registry) registry: Registry, @Optional() @Inject(BusHealth) health?: BusHealth) {
    if (!health) return;
    const common = { labelNames: ['consumer', 'stream'], registers: [registry] };
    const unacknowledged = new Gauge({
      ...common,
      name: 'bus_consumer_unacknowledged',
      help: 'Events delivered and not acknowledged, those waiting for a retry included',
    });
    new Gauge({
      ...common,
      name: 'bus_consumer_pending',
      help: 'Events of its stream that a consumer has yet to get',
      async collect() {
        // Where JetStream does not answer, the last values say no less than a failed scrape would.
        for (const lag of await health.lags().catch(() => [])) {
          const labels = { consumer: lag.consumer, stream: lag.stream };
          this.set(labels, lag.pending);
          unacknowledged.set(labels, lag.unacknowledged);
        }
      },
    });
  }
}
