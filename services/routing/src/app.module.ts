import { Module } from '@nestjs/common';
import { BusModule } from '@partyline/bus';
import { Clock, SystemClock } from '@partyline/kernel';
import { MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { DemoSeeder } from './adapters/demo-seeder.js';
import { MIGRATIONS, REQUIRED_INDEXES } from './adapters/mongo/migrations.js';
import { MongoDialogueStore } from './adapters/mongo/mongo-dialogue-store.js';
import { MongoDirectoryOutbox } from './adapters/mongo/mongo-directory-outbox.js';
import { MongoDirectoryStore } from './adapters/mongo/mongo-directory-store.js';
import { MongoPeopleStore } from './adapters/mongo/mongo-people-store.js';
import { DirectoryController } from './adapters/nats/directory.controller.js';
import { ExplainRouteController } from './adapters/nats/explain-route.controller.js';
import { KnownNumbersController } from './adapters/nats/known-numbers.controller.js';
import { FindKnownNumbers } from './application/known-numbers.js';
import { MessageReceivedConsumer } from './adapters/nats/message-received.consumer.js';
import { UserChangedConsumer } from './adapters/nats/user-changed.consumer.js';
import { DirectoryUpkeep } from './adapters/timers/directory-upkeep.js';
import { ApplyUsers } from './application/apply-users.js';
import { ChangeDirectory } from './application/change-directory.js';
import { CreateRecord } from './application/create-directory-record.js';
import { DialogueStore } from './application/dialogue-store.js';
import { Directories } from './application/directories.js';
import { DirectoryOutbox } from './application/directory-outbox.js';
import { DirectoryStore } from './application/directory-store.js';
import { ExplainTextRoute } from './application/explain-route.js';
import { FindDirectoryRecord } from './application/get-directory-record.js';
import { ListDirectoryRecords } from './application/list-directory.js';
import { PeopleStore } from './application/people-store.js';
import { PublishDirectory } from './application/publish-directory.js';
import { RemoveRecord } from './application/remove-directory-record.js';
import { RouteMessages } from './application/route-messages.js';
import { SeedDemo } from './application/seed-demo.js';
import { UpdateRecord } from './application/update-directory-record.js';
import { readConfig } from './config.js';

const config = readConfig();

@Module({
  imports: [
    ObservabilityModule.forRoot({ service: 'routing' }),
    MongoModule.forRoot({
      service: 'routing',
      url: config.mongoUrl,
      migrations: MIGRATIONS,
      requiredIndexes: REQUIRED_INDEXES,
    }),
    BusModule.forRoot({ service: 'routing', natsUrl: config.natsUrl, publishes: 'routing' }),
  ],
  controllers: [
    DirectoryController,
    ExplainRouteController,
    KnownNumbersController,
    MessageReceivedConsumer,
    UserChangedConsumer,
  ],
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: DirectoryStore, useClass: MongoDirectoryStore },
    { provide: DirectoryOutbox, useClass: MongoDirectoryOutbox },
    { provide: DialogueStore, useClass: MongoDialogueStore },
    { provide: PeopleStore, useClass: MongoPeopleStore },
    Directories,
    RouteMessages,
    ExplainTextRoute,
    FindKnownNumbers,
    ListDirectoryRecords,
    FindDirectoryRecord,
    ChangeDirectory,
    CreateRecord,
    UpdateRecord,
    RemoveRecord,
    ApplyUsers,
    PublishDirectory,
    DirectoryUpkeep,
    SeedDemo,
    ...(config.demo ? [DemoSeeder] : []),
  ],
})
export class AppModule {}
