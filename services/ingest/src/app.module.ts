import { Module } from '@nestjs/common';
import { BusModule } from '@partyline/bus';
import { MediaLinks, SecretBox } from '@partyline/carriers';
import { Clock, SystemClock } from '@partyline/kernel';
import { MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { DemoAccounts, DemoSeeder } from './adapters/demo/demo-seeder.js';
import { HooksRoutes } from './adapters/http/hooks.routes.js';
import { MediaRoutes } from './adapters/http/media.routes.js';
import { UploadsRoutes } from './adapters/http/uploads.routes.js';
import { SharpMediaInspector } from './adapters/media/sharp-media-inspector.js';
import { MediaFetchOptions, UndiciMediaFetcher } from './adapters/media/undici-media-fetcher.js';
import { OpenReceiptsGauge } from './adapters/metrics/open-receipts.gauge.js';
import { PrometheusIngestMetrics } from './adapters/metrics/prometheus-ingest-metrics.js';
import { migrations, requiredIndexes } from './adapters/mongo/indexes.js';
import { MongoAccountStore } from './adapters/mongo/mongo-account-store.js';
import { MongoBindStore } from './adapters/mongo/mongo-bind-store.js';
import { MongoMediaStore } from './adapters/mongo/mongo-media-store.js';
import { MongoNumberActivity } from './adapters/mongo/mongo-number-activity.js';
import { MongoPartStore } from './adapters/mongo/mongo-part-store.js';
import { MongoReceiptStore } from './adapters/mongo/mongo-receipt-store.js';
import { MongoRecordedWebhooks } from './adapters/mongo/mongo-recorded-webhooks.js';
import { MongoRefusedWebhooks } from './adapters/mongo/mongo-refused-webhooks.js';
import { MongoRefusalCounters } from './adapters/mongo/mongo-refusal-counters.js';
import { MongoSignatureHistory } from './adapters/mongo/mongo-signature-history.js';
import { AccountsController } from './adapters/nats/accounts.controller.js';
import { ArrivalsController } from './adapters/nats/arrivals.controller.js';
import { CarriersController } from './adapters/nats/carriers.controller.js';
import { CarrierLogController } from './adapters/nats/carrier-log.controller.js';
import { ErasureController } from './adapters/nats/erasure.controller.js';
import { MediaController } from './adapters/nats/media.controller.js';
import { RecordingController } from './adapters/nats/recording.controller.js';
import { LandedConsumer } from './adapters/nats/landed.consumer.js';
import { Receivers } from './adapters/smpp/receivers.js';
import { ReceiverOptions } from './adapters/smpp/receiver.js';
import { objectStoreOf } from './adapters/objects/object-store-of.js';
import { MediaWorker } from './adapters/timers/media-worker.js';
import { SweepOptions, Sweeper } from './adapters/timers/sweeper.js';
import { AcceptDelivery } from './application/accept-delivery.js';
import { AcceptWebhook } from './application/accept-webhook.js';
import { AccountStore } from './application/account-store.js';
import { AccountViews, HooksAddress } from './application/account-view.js';
import { Accounts } from './application/accounts.js';
import { BindStore } from './application/bind-store.js';
import { BoundAccounts } from './application/bound-accounts.js';
import { CarrierVisits } from './application/carrier-visits.js';
import { CreateAccount } from './application/create-account.js';
import { DescribeCarriers } from './application/describe-carriers.js';
import { EraseReceipts } from './application/erase-receipts.js';
import { FetchMedia } from './application/fetch-media.js';
import { FindAccount } from './application/find-account.js';
import { FollowMedia } from './application/follow-media.js';
import { IngestMetrics } from './application/ingest-metrics.js';
import { ListArrivalTroubles } from './application/list-arrival-troubles.js';
import { ListCarrierLogins } from './application/list-carrier-logins.js';
import { JoinParts, PartsPatience } from './application/join-parts.js';
import { KeepMedia } from './application/keep-media.js';
import { ListAccounts } from './application/list-accounts.js';
import { ListRefusedWebhooks } from './application/list-refused-webhooks.js';
import { ListNumberActivity } from './application/list-number-activity.js';
import { NumberActivity } from './application/number-activity.js';
import { MarkLanded } from './application/mark-landed.js';
import { MediaFetcher } from './application/media-fetcher.js';
import { MediaInspector } from './application/media-inspector.js';
import { MediaStore } from './application/media-store.js';
import { ObjectStore } from './application/object-store.js';
import { OpenMedia } from './application/open-media.js';
import { PartStore } from './application/part-store.js';
import { PriceReply } from './application/price-reply.js';
import { ReceiptPublisher } from './application/receipt-publisher.js';
import { ReceiptStore } from './application/receipt-store.js';
import { ControlRecording } from './application/control-recording.js';
import { RecordWebhook } from './application/record-webhook.js';
import { RecordedWebhooks } from './application/recorded-webhooks.js';
import { ReceiptWriter, WriterLimits } from './application/receipt-writer.js';
import { RefusalCounters } from './application/refusal-counters.js';
import { RefusedWebhooks } from './application/refused-webhooks.js';
import { RemoveAccount } from './application/remove-account.js';
import { RepublishOpen } from './application/republish-open.js';
import { RunMediaJobs } from './application/run-media-jobs.js';
import { SeedDemo } from './application/seed-demo.js';
import { SimulatorSwitch } from './application/simulator-switch.js';
import { SignatureHistory } from './application/signature-history.js';
import { SignMedia } from './application/sign-media.js';
import { TakeLoggedTexts } from './application/take-logged-texts.js';
import { TraceWebhook } from './application/trace-webhook.js';
import { RotateSecret } from './application/rotate-secret.js';
import { Uploads } from './application/uploads.js';
import { UpdateAccount } from './application/update-account.js';
import { readConfig } from './config.js';
import { demoAccounts } from './domain/demo-accounts.js';

const config = readConfig();
const service = 'ingest';
const demo =
  config.PARTYLINE_DEMO === '1'
    ? demoAccounts(config.PARTYLINE_HOOKS_URL, config.SIMULATOR_URL ?? config.PARTYLINE_HOOKS_URL)
    : [];

const settings = [
  { provide: SecretBox, useFactory: () => new SecretBox(config.PARTYLINE_SECRETS_KEY) },
  { provide: MediaLinks, useFactory: () => new MediaLinks(config.PARTYLINE_SECRETS_KEY) },
  {
    provide: HooksAddress,
    useValue: new HooksAddress(config.PARTYLINE_HOOKS_URL, config.NODE_ENV !== 'production'),
  },
  { provide: WriterLimits, useValue: new WriterLimits(config.PARTYLINE_INGEST_MOST_WAITING) },
  {
    provide: MediaFetchOptions,
    useValue: new MediaFetchOptions(new Set(config.PARTYLINE_MEDIA_ALLOW_ORIGINS)),
  },
  { provide: ObjectStore, useFactory: () => objectStoreOf(config) },
  { provide: PartsPatience, useValue: new PartsPatience(config.PARTYLINE_PARTS_WAIT_MS) },
  {
    provide: ReceiverOptions,
    useValue: new ReceiverOptions(new Set(config.PARTYLINE_CARRIER_ALLOW_ORIGINS)),
  },
  { provide: SweepOptions, useValue: new SweepOptions() },
  { provide: SimulatorSwitch, useValue: new SimulatorSwitch(config.PARTYLINE_DEMO === '1') },
  { provide: DemoAccounts, useValue: new DemoAccounts(demo) },
];

const useCases = [
  AcceptDelivery,
  AcceptWebhook,
  AccountViews,
  Accounts,
  BoundAccounts,
  CarrierVisits,
  ControlRecording,
  CreateAccount,
  DescribeCarriers,
  EraseReceipts,
  FetchMedia,
  FindAccount,
  FollowMedia,
  JoinParts,
  KeepMedia,
  ListAccounts,
  ListArrivalTroubles,
  ListCarrierLogins,
  ListNumberActivity,
  ListRefusedWebhooks,
  MarkLanded,
  OpenMedia,
  PriceReply,
  ReceiptPublisher,
  ReceiptWriter,
  RecordWebhook,
  RemoveAccount,
  RotateSecret,
  RepublishOpen,
  RunMediaJobs,
  SeedDemo,
  SignMedia,
  TakeLoggedTexts,
  TraceWebhook,
  UpdateAccount,
  Uploads,
];

@Module({
  imports: [
    ObservabilityModule.forRoot({ service }),
    MongoModule.forRoot({ service, url: config.MONGODB_URL, migrations, requiredIndexes }),
    // Webhooks are taken while the bus is away: they are durable, and published when it is back.
    BusModule.forRoot({ service, natsUrl: config.NATS_URL, publishes: 'ingest', optional: true }),
  ],
  controllers: [
    AccountsController,
    ArrivalsController,
    CarriersController,
    CarrierLogController,
    ErasureController,
    LandedConsumer,
    MediaController,
    RecordingController,
  ],
  providers: [
    ...settings,
    ...useCases,
    { provide: Clock, useClass: SystemClock },
    { provide: AccountStore, useClass: MongoAccountStore },
    { provide: NumberActivity, useClass: MongoNumberActivity },
    { provide: BindStore, useClass: MongoBindStore },
    { provide: PartStore, useClass: MongoPartStore },
    { provide: ReceiptStore, useClass: MongoReceiptStore },
    { provide: RecordedWebhooks, useClass: MongoRecordedWebhooks },
    { provide: RefusedWebhooks, useClass: MongoRefusedWebhooks },
    { provide: RefusalCounters, useClass: MongoRefusalCounters },
    { provide: SignatureHistory, useClass: MongoSignatureHistory },
    { provide: MediaStore, useClass: MongoMediaStore },
    { provide: MediaInspector, useClass: SharpMediaInspector },
    { provide: MediaFetcher, useClass: UndiciMediaFetcher },
    { provide: IngestMetrics, useClass: PrometheusIngestMetrics },
    OpenReceiptsGauge,
    DemoSeeder,
    HooksRoutes,
    MediaRoutes,
    UploadsRoutes,
    MediaWorker,
    Receivers,
    Sweeper,
  ],
})
export class AppModule {}
