import type { Carrier } from '../carrier.js';
import { mappedCarrier } from '../generic/generic.carrier.js';
import { mappingSchema } from '../generic/generic.mapping.js';
import { kaleyraGuide } from './kaleyra.guide.js';

/**
 * The names that Kaleyra's console proposes for its callbacks, and those of its own samples. People may write others
 * there; then the account has a `mapping` of its own.
 * Sources: https://developers.kaleyra.io/docs/create-callback-profile-for-sms and .../sms-status-and-status-trace-codes
 */
const STANDARD = mappingSchema.parse({
  id: ['id', 'message_id', 'messageId', 'msg_id'],
  from: ['source', 'from', 'sender', 'mobile'],
  to: ['recipient', 'to', 'destination', 'receiver'],
  text: ['message', 'body', 'text'],
  textRequired: true,
  media: ['media_url', 'media'],
  timestamp: ['timestamp', 'created_at', 'received_at'],
  concat: { ref: 'ref', total: 'parts', part: 'part' },
  status: ['status', 'dlr_status'],
  statusMap: {
    queued: 'queued',
    submitted: 'sent',
    SUBMITTED: 'sent',
    sent: 'sent',
    SENT: 'sent',
    Sent: 'sent',
    ENROUTE: 'sent',
    'AWAITED-DLR': 'sent',
    'SENT - NO DLR': 'sent',
    delivered: 'delivered',
    DELIVERED: 'delivered',
    Delivered: 'delivered',
    DELIVRD: 'delivered',
    read: 'delivered',
    undelivered: 'undelivered',
    UNDELIVERED: 'undelivered',
    Undelivered: 'undelivered',
    UNDELIV: 'undelivered',
    EXPIRED: 'undelivered',
    expired: 'undelivered',
    'INVALID-SUB': 'undelivered',
    'MOB-OFF': 'undelivered',
    failed: 'failed',
    FAILED: 'failed',
    Failed: 'failed',
    'NOT-SENT': 'failed',
    rejected: 'failed',
    REJECTED: 'failed',
    REJECTD: 'failed',
    BLACKLIST: 'failed',
    'BLOCKED-COUNTRY': 'failed',
    'CON-DND': 'failed',
    'KYC-NOT-APPROVED': 'failed',
    'NO-CREDITS': 'failed',
    NOTALLOWED: 'failed',
    'OPT-OUT': 'failed',
    'TEMPLATE-NOT-FOUND': 'failed',
  },
  reference: ['reference', 'ref'],
  errorCode: ['error_code', 'code'],
  errorText: ['error', 'reason', 'status_desc'],
  send: {
    url: 'https://{setting:host}/v1/{setting:sid}/messages',
    format: 'json',
    headers: { 'api-key': '{secret:apiKey}' },
    fields: {
      to: '{to}',
      sender: '{from}',
      type: '{setting:type}',
      body: '{text}',
      source: 'API',
      ref: '{reference}',
    },
    id: ['data.0.message_id', 'data.0.id', 'id'],
    errorCode: ['code', 'error.code'],
    errorText: ['message', 'error.message'],
  },
});

/**
 * Kaleyra: callbacks are templates that people write in its console, so this is a mapping with proposed names.
 * Settings: `host` (api.kaleyra.io or api.in.kaleyra.io), `sid`, `type` (TXN, MKT, OTP), optional `number`, `mapping`.
 * Secrets: `apiKey`, `webhookSecret`.
 */
export const kaleyra: Carrier = mappedCarrier('kaleyra', 'Kaleyra', STANDARD, kaleyraGuide);
