/**
 * Whether a write was refused because a unique key exists already; of a bulk write, whether one of its refusals was.
 * `keyPattern` narrows it to one index: `{ tenantId: 1, messageId: 1 }`. Takes single write errors of a bulk, too.
 */
export declare function isDuplicateKey(error: unknown, keyPattern?: Readonly<Record<string, unknown>>): boolean;

/** Whether a write (even a refused one) was not confirmed by a majority: its outcome, and that of what it met, is unknown. */
export declare function writeConcernFailed(error: unknown): boolean;
