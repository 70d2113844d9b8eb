import type { Notification } from '@partyline/contracts';
import { derivedId } from '@partyline/kernel';

/** One thing that one person is to be told, once for ever: the id follows from person and event. */
export interface NewNotification {
  readonly tenantId: string;
  readonly eventId: string;
  readonly correlationId: string;
  readonly notification: Notification;
}

export function newNotification(
  tenantId: string,
  eventId: string,
  correlationId: string,
  words: Omit<Notification, 'id'>,
): NewNotification {
  const id = derivedId('nt', tenantId, words.userId, eventId);
  return { tenantId, eventId, correlationId, notification: { id, ...words } };
}
