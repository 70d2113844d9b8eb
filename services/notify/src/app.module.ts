import { Module } from '@nestjs/common';
import { BusModule } from '@partyline/bus';
import { publicLookup, systemResolver } from '@partyline/carriers';
import { Clock, SystemClock } from '@partyline/kernel';
import { MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { Agent } from 'node:https';
import { MIGRATIONS, REQUIRED_INDEXES } from './adapters/mongo/migrations.js';
import { MongoAccountAlertStore } from './adapters/mongo/mongo-account-alert-store.js';
import { MongoAlertStore } from './adapters/mongo/mongo-alert-store.js';
import { MongoDeviceStore } from './adapters/mongo/mongo-device-store.js';
import { MongoInboxStore } from './adapters/mongo/mongo-inbox-store.js';
import { MongoNotificationStore } from './adapters/mongo/mongo-notification-store.js';
import { MongoNumberStore } from './adapters/mongo/mongo-number-store.js';
import { MongoQuietAlertStore } from './adapters/mongo/mongo-quiet-alert-store.js';
import { AccountsController } from './adapters/nats/accounts.controller.js';
import { BusAccountStates } from './adapters/nats/bus-account-states.js';
import { BusNumberActivity } from './adapters/nats/bus-number-activity.js';
import { NumbersController } from './adapters/nats/numbers.controller.js';
import { MongoPeopleStore } from './adapters/mongo/mongo-people-store.js';
import { MongoPreferencesStore } from './adapters/mongo/mongo-preferences-store.js';
import { MongoWaitStore } from './adapters/mongo/mongo-wait-store.js';
import { BusWaitingConversations } from './adapters/nats/bus-waiting-conversations.js';
import { ConversationNewsConsumer } from './adapters/nats/conversation-news.consumer.js';
import { InboxChangedConsumer } from './adapters/nats/inbox-changed.consumer.js';
import { ErasureController } from './adapters/nats/erasure.controller.js';
import { NotifyController } from './adapters/nats/notify.controller.js';
import { UserChangedConsumer } from './adapters/nats/user-changed.consumer.js';
import { AlertWorker } from './adapters/redis/alert.worker.js';
import { BullAlertTimers } from './adapters/redis/bull-alert-timers.js';
import { BullPushQueue } from './adapters/redis/bull-push-queue.js';
import { PushWorker } from './adapters/redis/push.worker.js';
import { RedisConnections, RedisSettings } from './adapters/redis/redis-connections.js';
import { MongoDeliveryStore } from './adapters/mongo/mongo-delivery-store.js';
import { MongoEndpointStore } from './adapters/mongo/mongo-endpoint-store.js';
import { WebhookEventsConsumer } from './adapters/nats/webhook-events.consumer.js';
import { WebhooksController } from './adapters/nats/webhooks.controller.js';
import { BullWebhookQueue } from './adapters/redis/bull-webhook-queue.js';
import { WebhookWorker } from './adapters/redis/webhook.worker.js';
import { GuardedWebhookPost } from './adapters/webhooks/guarded-webhook-post.js';
import { Sweepers } from './adapters/timers/sweepers.js';
import { SealedWebhookSecrets } from './adapters/webhooks/sealed-webhook-secrets.js';
import { WebPushSender, WebPushSettings } from './adapters/web-push/web-push-sender.js';
import { ListFailingAccounts } from './application/accounts/list-failing-accounts.js';
import { AccountAlertStore, AccountStates } from './application/accounts/ports.js';
import { WatchAccounts } from './application/accounts/watch-accounts.js';
import { AlertStore } from './application/alert-store.js';
import { AlertTimers } from './application/alert-timers.js';
import { ApplyInboxes } from './application/apply-inboxes.js';
import { ApplyUsers } from './application/apply-users.js';
import { DeviceStore } from './application/device-store.js';
import { FireAlert } from './application/fire-alert.js';
import { FindPreferences } from './application/get-preferences.js';
import { HandleConversationNews } from './application/handle-conversation-news.js';
import { InboxStore } from './application/inbox-store.js';
import { ListUserNotifications } from './application/list-notifications.js';
import { NotificationStore } from './application/notification-store.js';
import { PeopleStore } from './application/people-store.js';
import { PreferencesStore } from './application/preferences-store.js';
import { PushToDevices } from './application/push-to-devices.js';
import { PushQueue, PushSender } from './application/push.js';
import { RegisterUserDevice } from './application/register-device.js';
import { RemoveUserDevice } from './application/remove-device.js';
import { AlertOverride, ScheduleAlerts } from './application/schedule-alerts.js';
import { SendPush } from './application/send-push.js';
import { ReplacePreferences } from './application/set-preferences.js';
import { SweepAlerts } from './application/sweep-alerts.js';
import { TellAdmins } from './application/tell-admins.js';
import { TellManagers } from './application/tell-managers.js';
import { TellPeople } from './application/tell-people.js';
import { TellWhoMay } from './application/tell-who-may.js';
import { WaitStore } from './application/wait-store.js';
import { WaitingConversations } from './application/waiting-conversations.js';
import { WatchWaiting } from './application/watch-waiting.js';
import { ManageWebhooks } from './application/webhooks/manage-webhooks.js';
import {
  DeliveryStore,
  EndpointStore,
  WebhookPost,
  WebhookQueue,
  WebhookSecrets,
} from './application/webhooks/ports.js';
import { QueueWebhooks } from './application/webhooks/queue-webhooks.js';
import { SendWebhook } from './application/webhooks/send-webhook.js';
import { SweepWebhooks } from './application/webhooks/sweep-webhooks.js';
import { TellOfWebhook } from './application/webhooks/tell-of-webhook.js';
import { WebhookOutbox } from './application/webhooks/webhook-outbox.js';
import { ListQuietAlerts } from './application/quiet/list-quiet-numbers.js';
import { NumberActivity, NumberStore, QuietAlertStore } from './application/quiet/ports.js';
import { WatchNumbers } from './application/quiet/watch-numbers.js';
import { readConfig } from './config.js';

const config = readConfig();

const useCases = [
  ApplyInboxes,
  ApplyUsers,
  FindPreferences,
  FireAlert,
  HandleConversationNews,
  ListFailingAccounts,
  ListQuietAlerts,
  ListUserNotifications,
  ManageWebhooks,
  PushToDevices,
  QueueWebhooks,
  RegisterUserDevice,
  RemoveUserDevice,
  ReplacePreferences,
  ScheduleAlerts,
  SendPush,
  SendWebhook,
  SweepAlerts,
  SweepWebhooks,
  TellOfWebhook,
  TellWhoMay,
  TellAdmins,
  TellManagers,
  TellPeople,
  WatchAccounts,
  WatchNumbers,
  WatchWaiting,
  WebhookOutbox,
];

@Module({
  imports: [
    ObservabilityModule.forRoot({ service: 'notify' }),
    MongoModule.forRoot({
      service: 'notify',
      url: config.mongoUrl,
      migrations: MIGRATIONS,
      requiredIndexes: REQUIRED_INDEXES,
    }),
    BusModule.forRoot({ service: 'notify', natsUrl: config.natsUrl, publishes: 'notify', inMemory: true }),
  ],
  controllers: [
    ConversationNewsConsumer,
    InboxChangedConsumer,
    UserChangedConsumer,
    WebhookEventsConsumer,
    AccountsController,
    ErasureController,
    NotifyController,
    NumbersController,
    WebhooksController,
  ],
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: AlertOverride, useValue: { afterMs: config.alertAfterMs } satisfies AlertOverride },
    {
      provide: RedisSettings,
      useValue: { url: config.redisUrl, prefix: config.redisPrefix } satisfies RedisSettings,
    },
    {
      provide: WebPushSettings,
      useValue: {
        vapid: config.vapid,
        agent: new Agent({ lookup: publicLookup(systemResolver), keepAlive: true }),
      } satisfies WebPushSettings,
    },
    { provide: AccountAlertStore, useClass: MongoAccountAlertStore },
    { provide: AccountStates, useClass: BusAccountStates },
    { provide: AlertStore, useClass: MongoAlertStore },
    { provide: DeviceStore, useClass: MongoDeviceStore },
    { provide: InboxStore, useClass: MongoInboxStore },
    { provide: NotificationStore, useClass: MongoNotificationStore },
    { provide: NumberActivity, useClass: BusNumberActivity },
    { provide: NumberStore, useClass: MongoNumberStore },
    { provide: QuietAlertStore, useClass: MongoQuietAlertStore },
    { provide: PeopleStore, useClass: MongoPeopleStore },
    { provide: PreferencesStore, useClass: MongoPreferencesStore },
    { provide: WaitStore, useClass: MongoWaitStore },
    { provide: WaitingConversations, useClass: BusWaitingConversations },
    { provide: AlertTimers, useClass: BullAlertTimers },
    { provide: PushQueue, useClass: BullPushQueue },
    { provide: PushSender, useClass: WebPushSender },
    { provide: EndpointStore, useClass: MongoEndpointStore },
    { provide: DeliveryStore, useClass: MongoDeliveryStore },
    { provide: WebhookQueue, useClass: BullWebhookQueue },
    { provide: WebhookPost, useFactory: () => new GuardedWebhookPost(config.webhookOrigins) },
    { provide: WebhookSecrets, useFactory: () => new SealedWebhookSecrets(config.secretsKey) },
    Sweepers,
    WebhookWorker,
    RedisConnections,
    AlertWorker,
    PushWorker,
    ...useCases,
  ],
})
export class AppModule {}
