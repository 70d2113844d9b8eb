import { DeadLetters, type DeadLetter } from '@partyline/bus';

/** Keeps dead letters in the collection `deadLetters` of the service's own database. */
export declare class MongoDeadLetters extends DeadLetters {
  override store(letter: DeadLetter): Promise<void>;
}
