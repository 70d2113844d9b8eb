import type { Conversation as Shown, Refusal } from '@partyline/contracts';
import type { Call, Group } from './conversation-model.js';

/** What somebody was told: the conversation they were shown, and the entry of the log that they were told of. */
export type Told =
  | { readonly ok: true; readonly conversation: Shown; readonly seq: number }
  | { readonly ok: false; readonly code: Refusal['code']; readonly conversation: Shown | undefined };

/** One call as its caller saw it. Times count the calls' beginnings and ends in this history: nothing is at once. */
export interface Record {
  readonly call: Call;
  readonly conversationId: string;
  readonly from: number;
  /** Infinity for a text: its sender never hears when it has landed. */
  readonly to: number;
  /** Under which the log knows the entry; empty for a look. */
  readonly key: string;
  /** Undefined for a text. */
  readonly told: Told | undefined;
}

/** The group as it was from some moment between `from` and `to` on. */
export interface GroupVersion {
  readonly group: Group;
  readonly from: number;
  readonly to: number;
}

export interface History {
  readonly records: readonly Record[];
  /** In their order; the first is that of the beginning. */
  readonly groups: readonly GroupVersion[];
}

/** The groups that a call may have been decided by: its service may have known of a change, or not yet. */
export function groupsDuring(history: History, from: number, to: number): readonly Group[] {
  return history.groups
    .filter((version, i) => version.from <= to && (history.groups[i + 1]?.to ?? Infinity) >= from)
    .map(({ group }) => group);
}

/** A history in lines for people, for the message of a failure. */
export const describeHistory = ({ records }: History): string =>
  records
    .map(({ call, from, to, told }) => {
      const { kind, ...rest } = call;
      const answer = told && (told.ok ? `seq ${told.seq}` : told.code);
      return `${from}–${to} ${kind} ${JSON.stringify(rest)} → ${answer ?? 'sent'}`;
    })
    .join('\n');
