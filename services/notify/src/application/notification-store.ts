import type { Notification } from '@partyline/contracts';
import type { NewNotification } from './new-notification.js';

export abstract class NotificationStore {
  /** Keeps them, each once for ever. Answers those that were not announced yet, repeats from before a crash included. */
  abstract add(notifications: readonly NewNotification[]): Promise<readonly NewNotification[]>;
  /** They are on the stream and on their way to the devices. */
  abstract markAnnounced(notifications: readonly NewNotification[]): Promise<void>;
  /** The newest first. */
  /** All that people were told of these conversations; gives how many that were. */
  abstract drop(tenantId: string, conversationIds: readonly string[]): Promise<number>;
  abstract list(tenantId: string, userId: string, limit: number): Promise<Notification[]>;
  abstract find(tenantId: string, id: string): Promise<Notification | null>;
}
