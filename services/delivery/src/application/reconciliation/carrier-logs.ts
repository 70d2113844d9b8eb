import type { CarrierLog, CarrierMessage, LogPage, LogQuery, LogRefusal } from '@partyline/carriers';
import type { Result } from '@partyline/kernel';
import type { CarrierLogin } from './reconciliation-store.js';

/** A carrier's log that can be read, by an account's login. */
export interface ReadableLog {
  readonly name: string;
  readonly shape: Pick<CarrierLog, 'sources' | 'longestSpanMs' | 'pauseMs' | 'appearsWithinMs'>;
  page(query: LogQuery): Promise<Result<LogPage, LogRefusal>>;
  /** The text with its words and media. */
  fetch(text: CarrierMessage): Promise<Result<CarrierMessage, LogRefusal>>;
}

/** The carriers' own logs. */
export abstract class CarrierLogs {
  /** Fails with what an Admin has to know. */
  abstract open(login: CarrierLogin): Promise<Result<ReadableLog, string>>;
}
