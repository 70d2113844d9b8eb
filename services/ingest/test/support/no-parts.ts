import { FixedClock } from '@partyline/testing';
import { JoinParts, PartsPatience } from '../../src/application/join-parts.js';
import { PartStore } from '../../src/application/part-store.js';
import type { ReceiptPublisher } from '../../src/application/receipt-publisher.js';

class EmptyPartStore extends PartStore {
  override waiting = () => Promise.resolve([]);
  override waitingSince = () => Promise.resolve([]);
  override commit = () => Promise.resolve(true);
  override joinedWithout = () => Promise.resolve(false);
  override unapplied = () => Promise.resolve([]);
  override partsOf = () => Promise.resolve([]);
  override apply = () => Promise.resolve(null);
  override landFollowers = () => Promise.resolve();
}

/** For tests in which no text comes in parts. */
export const noParts = (publisher: ReceiptPublisher): JoinParts =>
  new JoinParts(new EmptyPartStore(), publisher, new PartsPatience(), new FixedClock());
