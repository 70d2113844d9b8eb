import type { DeliveryStatus, Envelope } from '@partyline/contracts';

/** What delivery tells of a message of ours. */
export type StatusNews = Envelope<{
  messageId: string;
  conversationId: string;
  status: DeliveryStatus;
  errorClass: string | null;
  rawCode: string | null;
  description: string | null;
}>;
