import type { DynamicModule } from '@nestjs/common';
import type { ServiceName, StreamName } from '@partyline/contracts';

export interface BusOptions {
  readonly service: ServiceName;
  /** nats://user:password@host:port, several separated by commas. */
  readonly natsUrl: string;
  /** The stream that this service alone publishes to. */
  readonly publishes?: StreamName;
}

export declare class BusModule {
  static forRoot(options: BusOptions): DynamicModule;
}
