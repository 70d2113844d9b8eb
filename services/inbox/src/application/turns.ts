/** Whose turn it was last, in inboxes that give conversations to people in turn. */
export abstract class Turns {
  /** null: nobody was given one yet. */
  abstract last(tenantId: string, inboxId: string): Promise<string | null>;
  abstract keep(tenantId: string, inboxId: string, userId: string): Promise<void>;
}
