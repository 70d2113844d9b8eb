import type { CallDefinition, Refusal } from '@partyline/contracts';

export type Answer<V> =
  | { readonly ok: true; readonly value: V }
  | { readonly ok: false; readonly error: Refusal };

/** The other services of the installation. Both methods throw Refused with what the service gave as its reason. */
export abstract class Services {
  /** Changes nothing: no answer in time is UNAVAILABLE, and asking again is safe. */
  abstract query<Q, V>(definition: CallDefinition<Q, Answer<V>>, request: Q): Promise<V>;
  /** Changes something: no answer in time is OUTCOME_UNKNOWN. */
  abstract command<Q, V>(definition: CallDefinition<Q, Answer<V>>, request: Q): Promise<V>;
}
