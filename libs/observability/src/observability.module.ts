import type { DynamicModule } from '@nestjs/common';

export interface ObservabilityOptions {
  readonly service: string;
}

/** JSON logs with the correlation id, /metrics, /health/live and /health/ready. */
export declare class ObservabilityModule {
  static forRoot(options: ObservabilityOptions): DynamicModule;
}
