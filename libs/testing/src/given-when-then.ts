import { expect } from '@jest/globals';
import type { Result } from '@partyline/kernel';

/** A pure decider as the domain writes it. */
export interface Decider<State, Command, Event, E> {
  readonly initial: State;
  decide(state: State, command: Command, now: Date): Result<readonly Event[], E>;
  apply(state: State, event: Event): State;
}

export interface Then<Event, E> {
  then(...events: readonly Event[]): void;
  thenRefused(error: Partial<E> | E): void;
}

/** `given(decider, events).when(command, now).then(...events)`. */
export function given<State, Command, Event, E>(
  decider: Decider<State, Command, Event, E>,
  events: readonly Event[] = [],
): { when(command: Command, now?: Date): Then<Event, E> } {
  const state = events.reduce<State>((current, event) => decider.apply(current, event), decider.initial);
  return {
    when: (command, now = new Date('2026-11-23T12:00:00.000Z')) => {
      const outcome = decider.decide(state, command, now);
      return {
        then: (...expected) => expect(outcome).toEqual({ ok: true, value: expected }),
        thenRefused: (error) => expect(outcome).toMatchObject({ ok: false, error }),
      };
    },
  };
}
