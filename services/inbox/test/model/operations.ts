import fc from 'fast-check';
import type { Giving, Who } from './conversation-model.js';

/** What somebody sets out to do, before it is known what they see by then. */
export type PersonOperation = {
  readonly by: Who;
  readonly contact: 0 | 1;
  /** Looks at the conversation first; otherwise acts upon what they saw last, which may be long ago. */
  readonly looks: boolean;
} & (
  | {
      readonly kind:
        | 'claim'
        | 'return'
        | 'done'
        | 'snooze'
        | 'wake'
        | 'note'
        | 'tag'
        | 'untag'
        | 'start'
        | 'look';
    }
  /** Sends the last command again, with the same key. */
  | { readonly kind: 'again' }
  | { readonly kind: 'assign' | 'transfer'; readonly to: Who }
  | { readonly kind: 'reopen'; readonly to: Who | undefined }
  | { readonly kind: 'reply'; readonly claim: boolean }
);
export type CustomerOperation = { readonly contact: 0 | 1 } & (
  | { readonly kind: 'inbound'; readonly word: 'hello' | 'STOP' | 'START' }
  /** The carrier sends the last text again. */
  | { readonly kind: 'duplicate' }
);
export type OfficeOperation =
  | { readonly kind: 'membership'; readonly who: Who; readonly member: boolean }
  | { readonly kind: 'activity'; readonly who: Who; readonly active: boolean }
  | { readonly kind: 'presence'; readonly who: Who; readonly away: boolean }
  | { readonly kind: 'policy'; readonly reopenTo: 'unassigned' | 'last_owner' }
  | { readonly kind: 'giving'; readonly giving: Giving | null };
/** The inbox looks at what waits, as it does every second. */
export interface GivingOperation {
  readonly kind: 'give';
}
export type Operation = PersonOperation | CustomerOperation | OfficeOperation | GivingOperation;

export const PEOPLE: readonly Who[] = ['ada', 'ben', 'cleo', 'olga'];
// Plain objects, so that a failure prints them as they can be typed.
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });
const anyone = fc.constantFrom(...PEOPLE);
// Mostly the first of two customers, so that people meet in one conversation.
const contact = fc.oneof({ weight: 3, arbitrary: fc.constant(0 as const) }, fc.constant(1 as const));
// A person who never looks has no way to act, so mostly they do.
const looks = fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false));

export function personOperation(by: fc.Arbitrary<Who>): fc.Arbitrary<PersonOperation> {
  const base = { by, contact, looks };
  const plain = (
    weight: number,
    kind:
      | 'claim'
      | 'return'
      | 'done'
      | 'snooze'
      | 'wake'
      | 'note'
      | 'tag'
      | 'untag'
      | 'start'
      | 'look'
      | 'again',
  ) => ({
    weight,
    arbitrary: record({ ...base, kind: fc.constant(kind) }),
  });
  return fc.oneof(
    plain(5, 'claim'),
    plain(2, 'return'),
    plain(3, 'done'),
    plain(2, 'snooze'),
    plain(1, 'wake'),
    plain(1, 'note'),
    plain(1, 'tag'),
    plain(1, 'untag'),
    plain(1, 'start'),
    plain(1, 'look'),
    plain(1, 'again'),
    { weight: 3, arbitrary: record({ ...base, kind: fc.constant('transfer' as const), to: anyone }) },
    { weight: 2, arbitrary: record({ ...base, kind: fc.constant('assign' as const), to: anyone }) },
    {
      weight: 2,
      arbitrary: record({
        ...base,
        kind: fc.constant('reopen' as const),
        to: fc.option(anyone, { nil: undefined }),
      }),
    },
    {
      weight: 4,
      arbitrary: record({ ...base, kind: fc.constant('reply' as const), claim: fc.boolean() }),
    },
  );
}

export const customerOperation: fc.Arbitrary<CustomerOperation> = fc.oneof(
  {
    weight: 4,
    arbitrary: record({
      contact,
      kind: fc.constant('inbound' as const),
      word: fc.oneof(
        { weight: 6, arbitrary: fc.constant('hello' as const) },
        fc.constantFrom('STOP', 'START'),
      ),
    }),
  },
  { weight: 1, arbitrary: record({ contact, kind: fc.constant('duplicate' as const) }) },
);

const giving: fc.Arbitrary<Giving | null> = fc.option(
  record({
    rule: fc.constantFrom('round_robin' as const, 'least_busy' as const),
    limit: fc.constantFrom(1, 2),
  }),
  { freq: 3 },
);

/** How the office begins: what the inbox does with what waits, and who is there to be given it; often only a few are. */
export const beginning: fc.Arbitrary<readonly OfficeOperation[]> = fc
  .tuple(giving, fc.subarray<Who>(['ada', 'ben', 'cleo']))
  .map(([rule, away]) => [
    { kind: 'giving', giving: rule },
    ...away.map((who) => ({ kind: 'presence', who, away: true }) as const),
  ]);

/** Nobody disables the only Admin: then nothing more could be asked for. */
export const officeOperation: fc.Arbitrary<OfficeOperation> = fc.oneof(
  record({ kind: fc.constant('membership' as const), who: anyone, member: fc.boolean() }),
  record({
    kind: fc.constant('activity' as const),
    who: fc.constantFrom<Who>('ben', 'cleo', 'olga'),
    active: fc.boolean(),
  }),
  record({ kind: fc.constant('presence' as const), who: anyone, away: fc.boolean() }),
  record({ kind: fc.constant('giving' as const), giving }),
  record({
    kind: fc.constant('policy' as const),
    reopenTo: fc.constantFrom('unassigned' as const, 'last_owner' as const),
  }),
);

/** Whatever can happen, one after the other. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 10, arbitrary: personOperation(anyone) },
  { weight: 3, arbitrary: customerOperation },
  { weight: 2, arbitrary: officeOperation },
  { weight: 4, arbitrary: record({ kind: fc.constant('give' as const) }) },
);
