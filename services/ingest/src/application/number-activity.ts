/** How many texts came for a number, hour by hour; see `isQuiet`. */
export interface NumberHistory {
  readonly tenantId: string;
  readonly number: string;
  /** Through which the last one came. */
  readonly accountId: string;
  readonly lastAt: Date;
  /** By the hour since 1970. */
  readonly hours: ReadonlyMap<number, number>;
}

/** When texts came for which number. Kept in memory and written down every few seconds; a crash forgets those. */
export abstract class NumberActivity {
  /** Returns at once. */
  abstract heard(tenantId: string, number: string, accountId: string, at: Date): void;
  /** Of every tenant, of the last weeks. */
  abstract histories(): AsyncIterable<NumberHistory>;
}
