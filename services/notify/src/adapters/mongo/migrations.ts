import type { Migration, RequiredIndex } from '@partyline/mongo';

const DAY_S = 86_400;
const NOTIFICATION_DAYS = 30;
/** Long after the stream (7 days) has forgotten what could make an alert or a state of a conversation again. */
const ALERT_DAYS = 30;
const WAIT_DAYS = 60;
const DELIVERY_DAYS = 30;

export const MIGRATIONS: readonly Migration[] = [
  {
    id: '0001-notifications-and-alerts',
    async up(db) {
      const notifications = db.collection('notifications');
      await notifications.createIndex({ tenantId: 1, userId: 1, eventId: 1 }, { unique: true });
      await notifications.createIndex({ tenantId: 1, userId: 1, at: -1 });
      await notifications.createIndex({ at: 1 }, { expireAfterSeconds: NOTIFICATION_DAYS * DAY_S });

      const alerts = db.collection('alerts');
      await alerts.createIndex({ tenantId: 1, conversationId: 1, epoch: 1 }, { unique: true });
      await alerts.createIndex({ tenantId: 1, inboxId: 1, state: 1 });
      // For the sweep, which goes over all tenants: these hold only what is open.
      await alerts.createIndex(
        { tenantId: 1, dueAt: 1 },
        { partialFilterExpression: { state: 'scheduled' }, name: 'scheduled' },
      );
      await alerts.createIndex(
        { tenantId: 1, endedAt: 1 },
        { partialFilterExpression: { state: 'sent', told: false }, name: 'untold' },
      );
      await alerts.createIndex({ endedAt: 1 }, { expireAfterSeconds: ALERT_DAYS * DAY_S });

      const waits = db.collection('waits');
      await waits.createIndex({ tenantId: 1, conversationId: 1 }, { unique: true });
      await waits.createIndex({ observedAt: 1 }, { expireAfterSeconds: WAIT_DAYS * DAY_S });

      await db.collection('people').createIndex({ tenantId: 1, userId: 1 }, { unique: true });
      await db.collection('inboxes').createIndex({ tenantId: 1, id: 1 }, { unique: true });
      await db.collection('preferences').createIndex({ tenantId: 1, userId: 1 }, { unique: true });

      const devices = db.collection('devices');
      await devices.createIndex({ tenantId: 1, endpoint: 1 }, { unique: true });
      await devices.createIndex({ tenantId: 1, userId: 1, registeredAt: -1 });
    },
  },
  {
    id: '0002-webhooks',
    async up(db) {
      const endpoints = db.collection('webhookEndpoints');
      await endpoints.createIndex({ tenantId: 1, id: 1 }, { unique: true });
      const deliveries = db.collection('webhookDeliveries');
      await deliveries.createIndex({ tenantId: 1, endpointId: 1, createdAt: -1 });
      // For the sweep, which goes over all tenants: it holds only what is on its way.
      await deliveries.createIndex(
        { tenantId: 1, nextAt: 1 },
        { partialFilterExpression: { state: 'pending' }, name: 'pending' },
      );
      await deliveries.createIndex({ createdAt: 1 }, { expireAfterSeconds: DELIVERY_DAYS * DAY_S });
    },
  },
  {
    id: '0003-notifications-of-a-conversation',
    async up(db) {
      await db.collection('notifications').createIndex({ tenantId: 1, conversationId: 1 });
    },
  },
  {
    id: '0004-quiet-numbers',
    async up(db) {
      await db.collection('numbers').createIndex({ tenantId: 1, id: 1 }, { unique: true });
      const alerts = db.collection('quietAlerts');
      await alerts.createIndex(
        { tenantId: 1, lastTextAt: -1 },
        { partialFilterExpression: { open: true }, name: 'open' },
      );
      await alerts.createIndex({ endedAt: 1 }, { expireAfterSeconds: ALERT_DAYS * DAY_S });
    },
  },
  {
    id: '0005-failing-accounts',
    async up(db) {
      const alerts = db.collection('accountAlerts');
      await alerts.createIndex(
        { tenantId: 1, accountId: 1, side: 1 },
        { unique: true, partialFilterExpression: { open: true }, name: 'open' },
      );
      await alerts.createIndex({ tenantId: 1, accountId: 1, 'told.at': 1 });
      await alerts.createIndex({ endedAt: 1 }, { expireAfterSeconds: ALERT_DAYS * DAY_S });
    },
  },
];

export const REQUIRED_INDEXES: readonly RequiredIndex[] = [
  { collection: 'notifications', key: { tenantId: 1, userId: 1, eventId: 1 }, unique: true },
  { collection: 'alerts', key: { tenantId: 1, conversationId: 1, epoch: 1 }, unique: true },
  { collection: 'waits', key: { tenantId: 1, conversationId: 1 }, unique: true },
  { collection: 'people', key: { tenantId: 1, userId: 1 }, unique: true },
  { collection: 'inboxes', key: { tenantId: 1, id: 1 }, unique: true },
  { collection: 'preferences', key: { tenantId: 1, userId: 1 }, unique: true },
  { collection: 'devices', key: { tenantId: 1, endpoint: 1 }, unique: true },
  { collection: 'accountAlerts', key: { tenantId: 1, accountId: 1, side: 1 }, unique: true },
  { collection: 'webhookEndpoints', key: { tenantId: 1, id: 1 }, unique: true },
];
