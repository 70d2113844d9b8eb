import { Module, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { BusModule } from '@partyline/bus';
import { MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { MIGRATIONS, REQUIRED_INDEXES } from './adapters/mongo/migrations.js';
import { ErrorFilter } from './adapters/http/error.filter.js';
import { HttpModule } from './adapters/http/http.module.js';
import { validationPipe } from './adapters/http/validation.pipe.js';
import { FoundInstallation } from './application/accounts/found-installation.js';
import { readConfig, type GatewayConfig } from './config.js';
import { coreModule } from './core.module.js';

/** The whole service, by the environment. Throws one sentence where that is not in order. */
export function appModule(config: GatewayConfig = readConfig()): Type {
  @Module({
    imports: [
      ObservabilityModule.forRoot({ service: 'gateway' }),
      MongoModule.forRoot({
        service: 'gateway',
        url: config.mongoUrl,
        migrations: MIGRATIONS,
        requiredIndexes: REQUIRED_INDEXES,
      }),
      // Signing in and the client itself work without the bus; what needs it says so.
      BusModule.forRoot({
        service: 'gateway',
        natsUrl: config.natsUrl,
        publishes: 'accounts',
        optional: true,
      }),
      coreModule(config),
      HttpModule,
    ],
    providers: [
      { provide: APP_FILTER, useClass: ErrorFilter },
      { provide: APP_PIPE, useFactory: validationPipe },
    ],
  })
  class AppModule implements OnApplicationBootstrap {
    constructor(private readonly found: FoundInstallation) {}

    /** Before it listens: whoever comes first can sign in. */
    async onApplicationBootstrap(): Promise<void> {
      await this.found.execute();
    }
  }
  return AppModule;
}
