import type {
  AccountAlert,
  AccountRecording,
  AlertPayload,
  QuietNumber,
  RecordedRequest,
  RecordedRequestDetail,
} from '@partyline/contracts';

const AT = '2026-11-24T12:00:00.000Z';

const REQUEST: RecordedRequest = {
  id: 'rq_1f0e9d8c',
  at: AT,
  method: 'POST',
  path: '/hooks/generic/new-carrier',
  query: 'token=[redacted]',
  bytes: 64,
  outcome: 'malformed',
  why: 'sender: is missing or is not an address',
  status: 400,
  ms: 2,
  correlationId: 'co_4be1d1a2c0f54d3c9d0a7a1c0b0e7f11',
};
export const RECORDING: AccountRecording = {
  recording: {
    on: true,
    startedAt: AT,
    startedBy: 'ada',
    until: '2026-11-24T13:00:00.000Z',
    mostRequests: 100,
    kept: 1,
  },
  requests: [REQUEST],
};
export const RECORDED_REQUEST: RecordedRequestDetail = {
  ...REQUEST,
  headers: { 'content-type': 'application/json', 'x-signature': '[redacted: 64 hex digits]' },
  body: '{"from":"+13105550142","to":"+12125550101","words":"Hi"}',
  encoding: 'text',
  cut: false,
  events: [],
  answer: { contentType: 'application/problem+json', body: '{"code":"VALIDATION"}' },
};
export const QUIET_NUMBER: QuietNumber = {
  number: '+12125550101',
  name: 'Main line',
  accountId: 'twilio-main',
  lastTextAt: AT,
  noticedAt: '2026-11-24T15:00:00.000Z',
};
const TITLE = 'Every webhook to Twilio is refused';
const BODY = 'None of the last 12 had a signature that fits. If the secret was changed at the carrier, …';
export const ACCOUNT_ALERT: AccountAlert = {
  id: 'fa_1f0e9d8c',
  accountId: 'twilio-main',
  kind: 'every_webhook_refused',
  title: TITLE,
  body: BODY,
  noticedAt: AT,
};
export const ALERT_PAYLOAD: AlertPayload = {
  type: 'account.failing',
  timestamp: AT,
  data: {
    alertId: 'fa_1f0e9d8c',
    accountId: 'twilio-main',
    trouble: 'every_webhook_refused',
    title: TITLE,
    body: BODY,
  },
};
