export const ALERT_QUEUE = 'alerts';
export const PUSH_QUEUE = 'pushes';
