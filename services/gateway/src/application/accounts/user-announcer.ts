import type { UserToPublish } from './accounts.js';

/** Tells the other services about users. */
export abstract class UserAnnouncer {
  /** By index: whether it is durably on the stream. */
  abstract announce(users: readonly UserToPublish[]): Promise<readonly boolean[]>;
}
