import { derivedId } from '@partyline/kernel';

/** The one message that this person meant by this clientMessageId in this conversation, however often it is sent. */
export const outboundMessageId = (request: {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly clientMessageId: string;
}): string =>
  derivedId('ms', request.tenantId, request.conversationId, request.userId, request.clientMessageId);
