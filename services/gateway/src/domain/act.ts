import type { ActOutcome, ActType, Actor } from '@partyline/contracts';

/** Something that somebody sets out to do, besides what they do to conversations. */
export interface Act {
  readonly tenantId: string;
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly actor: Actor;
  readonly type: ActType;
  /** Null while what it makes has no id. */
  readonly target: string | null;
  readonly given: Readonly<Record<string, unknown>>;
}

export interface ActEnd {
  readonly outcome: Exclude<ActOutcome, 'begun'>;
  readonly target?: string;
  readonly code?: string;
  readonly rows?: number;
}

export interface EndedAct extends Act, Partial<Pick<ActEnd, 'code' | 'rows'>> {
  readonly outcome: ActOutcome;
  readonly endedAt: string | null;
}

/** Characters of one value, as JSON. */
const LONGEST = 1000;

/**
 * What a request asked for, of the fields that may stand in an audit trail. It is recorded before anything has looked
 * at it, so it can be of any length. `counted`: lists of which only the length is told.
 */
export function given(
  request: unknown,
  fields: readonly string[],
  counted: readonly string[] = [],
): Record<string, unknown> {
  if (typeof request !== 'object' || request === null) return {};
  const values = new Map(Object.entries(request));
  return Object.fromEntries([
    ...fields.flatMap((field) => (values.has(field) ? [[field, short(values.get(field))] as const] : [])),
    ...counted.flatMap((field) => {
      const list: unknown = values.get(field);
      return Array.isArray(list) ? [[field, list.length] as const] : [];
    }),
  ]);
}

function short(value: unknown): unknown {
  const json = JSON.stringify(value) ?? 'null';
  return json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : value;
}
