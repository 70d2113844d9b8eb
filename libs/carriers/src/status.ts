/** The carriers' words for what became of a message, brought to six. Their order is in libs/contracts. */
export type DeliveryStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'unknown';
