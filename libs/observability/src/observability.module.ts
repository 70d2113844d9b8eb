import { Global, Module, type DynamicModule, type OnModuleInit, Inject, Optional } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { BusHealth, BusObserver } from '@partyline/bus';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { loggerModule } from './logging.js';
import { MetricsController } from './metrics.controller.js';
import { ConsumerLagMetrics, PrometheusBusObserver } from './prometheus-bus-observer.js';
import { ReadinessChecks } from './readiness-checks.js';

export interface ObservabilityOptions {
  readonly service: string;
}

/** JSON logs with the correlation id, /metrics, /health/live and /health/ready. Inject `Registry` for metrics of one's own. */
@Global()
@Module({})
export class ObservabilityModule implements OnModuleInit {
  constructor(
    @Inject(ReadinessChecks) private readonly readiness: ReadinessChecks,
    @Optional() @Inject(BusHealth) private readonly bus?: BusHealth,
  ) {}

  static forRoot({ service }: ObservabilityOptions): DynamicModule {
    return {
      module: ObservabilityModule,
      imports: [loggerModule(service), TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Registry, useFactory: () => registryOf(service) },
        ReadinessChecks,
        HttpMetrics,
        { provide: BusObserver, useClass: PrometheusBusObserver },
        ConsumerLagMetrics,
      ],
      exports: [Registry, ReadinessChecks, HttpMetrics, BusObserver],
    };
  }

  onModuleInit(): void {
    const { bus } = this;
    if (bus) this.readiness.add('bus', () => bus.check());
  }
}

/** One for each application, so that several can live in one process. */
function registryOf(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
