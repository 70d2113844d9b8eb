import type { Dialogue } from '../domain/dialogue.js';

/** One customer's side of one number. */
export interface DialogueKey {
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
}

export interface StoredDialogue {
  readonly dialogue: Dialogue;
  readonly revision: number;
}

export interface DialogueSave extends DialogueKey {
  readonly dialogue: Dialogue;
  /** The revision that the decision was built on; 0: there was none. */
  readonly basedOn: number;
}

/** The key in maps: no part of it can contain a line break. */
export const dialogueKey = (key: DialogueKey): string => `${key.tenantId}\n${key.number}\n${key.peer}`;

export abstract class DialogueStore {
  /** By {@link dialogueKey}; absent where there is none. */
  abstract load(keys: readonly DialogueKey[]): Promise<Map<string, StoredDialogue>>;
  /** Durable when it resolves. Answers the keys of those that somebody else had changed meanwhile: they are not saved. */
  abstract save(saves: readonly DialogueSave[]): Promise<ReadonlySet<string>>;
}
