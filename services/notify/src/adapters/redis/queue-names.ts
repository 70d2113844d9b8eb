export const ALERT_QUEUE = 'alerts';
export const PUSH_QUEUE = 'pushes';
export const WEBHOOK_QUEUE = 'webhooks';
