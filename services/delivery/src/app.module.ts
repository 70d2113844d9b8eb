import { Module } from '@nestjs/common';
import { BusModule } from '@partyline/bus';
import { MediaLinks, SecretBox } from '@partyline/carriers';
import { Clock, SystemClock } from '@partyline/kernel';
import { MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { AccountBook } from './adapters/carriers/account-book.js';
import { AccountCarrierGateway } from './adapters/carriers/account-carrier-gateway.js';
import { SmppTransmitters } from './adapters/carriers/smpp-transmitters.js';
import { HttpCarrierLogs } from './adapters/carriers/http-carrier-logs.js';
import { PrometheusReconciliationMetrics } from './adapters/metrics/prometheus-reconciliation-metrics.js';
import { migrations, requiredIndexes } from './adapters/mongo/indexes.js';
import { MongoAccountPace } from './adapters/mongo/mongo-account-pace.js';
import { MongoAttemptStore } from './adapters/mongo/mongo-attempt-store.js';
import { MongoConsents } from './adapters/mongo/mongo-consents.js';
import { MongoRecentSendings } from './adapters/mongo/mongo-recent-sendings.js';
import { MongoSendingTallies } from './adapters/mongo/mongo-sending-tallies.js';
import { MongoReconciliationStore } from './adapters/mongo/mongo-reconciliation-store.js';
import { BusOurNumbers } from './adapters/nats/bus-our-numbers.js';
import { BusReceivedTexts } from './adapters/nats/bus-received-texts.js';
import { CarrierStatusConsumer } from './adapters/nats/carrier-status.consumer.js';
import { InboxEventsConsumer } from './adapters/nats/inbox-events.consumer.js';
import { ErasureController } from './adapters/nats/erasure.controller.js';
import { SendingController } from './adapters/nats/sending.controller.js';
import { ReconciliationsController } from './adapters/nats/reconciliations.controller.js';
import { Sweepers } from './adapters/timers/sweepers.js';
import { AccountPace } from './application/account-pace.js';
import { AcceptReplies } from './application/accept-replies.js';
import { AnnounceStatus } from './application/announce-status.js';
import { ApplyCarrierStatus } from './application/apply-carrier-status.js';
import { AttemptStore } from './application/attempt-store.js';
import { CarrierGateway } from './application/carrier-gateway.js';
import { Consents } from './application/consents.js';
import { Dispatcher } from './application/dispatcher.js';
import { ListSendingTroubles, RecentSendings } from './application/list-sending-troubles.js';
import { MarkLanded } from './application/mark-landed.js';
import { Reannounce } from './application/reannounce.js';
import { CarrierLogs } from './application/reconciliation/carrier-logs.js';
import { HealTexts } from './application/reconciliation/heal-texts.js';
import { OurNumbers } from './application/reconciliation/our-numbers.js';
import { ReceivedTexts } from './application/reconciliation/received-texts.js';
import { ReconcileLogs } from './application/reconciliation/reconcile-logs.js';
import { ReconciliationMetrics } from './application/reconciliation/reconciliation-metrics.js';
import { ReconciliationStore } from './application/reconciliation/reconciliation-store.js';
import { ReviewReconciliations } from './application/reconciliation/review-reconciliations.js';
import { SettleReplies } from './application/reconciliation/settle-replies.js';
import { ReviewSending, SendingTallies } from './application/review-sending.js';
import { RecordConsent } from './application/record-consent.js';
import { SendAttempt } from './application/send-attempt.js';
import { DeliverySettings } from './application/settings.js';
import { SettleInterrupted } from './application/settle-interrupted.js';
import { carrierOrigins, readConfig } from './config.js';
import { ReconciliationPlan } from './domain/reconciliation/reconciliation.js';

const config = readConfig();
const service = 'delivery';

/** A claim has to outlast the longest exchange with a carrier: connecting, and twice the time to answer. */
const claimMs = config.PARTYLINE_CARRIER_TIMEOUT_MS * 2 + 10_000;

@Module({
  imports: [
    ObservabilityModule.forRoot({ service }),
    MongoModule.forRoot({ service, url: config.MONGODB_URL, migrations, requiredIndexes }),
    BusModule.forRoot({ service, natsUrl: config.NATS_URL, publishes: 'delivery' }),
  ],
  controllers: [
    InboxEventsConsumer,
    CarrierStatusConsumer,
    ErasureController,
    ReconciliationsController,
    SendingController,
  ],
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: SecretBox, useFactory: () => new SecretBox(config.PARTYLINE_SECRETS_KEY) },
    { provide: MediaLinks, useFactory: () => new MediaLinks(config.PARTYLINE_SECRETS_KEY) },
    {
      provide: DeliverySettings,
      useFactory: () =>
        new DeliverySettings(
          config.PARTYLINE_CARRIER_TIMEOUT_MS,
          claimMs,
          16,
          10 * 60_000,
          carrierOrigins(config),
        ),
    },
    { provide: AttemptStore, useClass: MongoAttemptStore },
    { provide: SendingTallies, useClass: MongoSendingTallies },
    { provide: RecentSendings, useClass: MongoRecentSendings },
    { provide: Consents, useClass: MongoConsents },
    { provide: AccountPace, useClass: MongoAccountPace },
    { provide: CarrierGateway, useClass: AccountCarrierGateway },
    {
      provide: ReconciliationPlan,
      useFactory: () =>
        new ReconciliationPlan(
          config.PARTYLINE_RECONCILE_HOURS * 3_600_000,
          config.PARTYLINE_RECONCILE_EVERY_MINUTES * 60_000,
        ),
    },
    { provide: ReconciliationStore, useClass: MongoReconciliationStore },
    { provide: ReconciliationMetrics, useClass: PrometheusReconciliationMetrics },
    { provide: CarrierLogs, useClass: HttpCarrierLogs },
    { provide: ReceivedTexts, useClass: BusReceivedTexts },
    { provide: OurNumbers, useClass: BusOurNumbers },
    HealTexts,
    ReconcileLogs,
    ReviewReconciliations,
    SettleReplies,
    AccountBook,
    AcceptReplies,
    AnnounceStatus,
    ApplyCarrierStatus,
    Dispatcher,
    ListSendingTroubles,
    MarkLanded,
    Reannounce,
    RecordConsent,
    ReviewSending,
    SendAttempt,
    SettleInterrupted,
    SmppTransmitters,
    Sweepers,
  ],
})
export class AppModule {}
