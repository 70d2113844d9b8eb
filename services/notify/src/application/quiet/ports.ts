/** A number of a tenant, as the directory has it. */
export interface WatchedNumber {
  readonly id: string;
  readonly name: string | null;
  /** Whether anybody is to be told when it goes quiet. */
  readonly watched: boolean;
}

export interface NumberChange {
  readonly tenantId: string;
  readonly revision: number;
  readonly number: WatchedNumber;
}

export abstract class NumberStore {
  /** Keeps what is newer than what it holds. */
  abstract apply(changes: readonly NumberChange[]): Promise<void>;
  /** By their ids, as far as they are known. */
  abstract known(tenantId: string): Promise<ReadonlyMap<string, WatchedNumber>>;
}

export interface Activity {
  readonly tenantId: string;
  readonly number: string;
  readonly accountId: string;
  readonly lastTextAt: Date;
  readonly quiet: boolean;
}

/** Which numbers got texts, as the ingest service knows it. */
export abstract class NumberActivity {
  /** Null where it cannot be asked. */
  abstract all(): Promise<readonly Activity[] | null>;
}

/** One quiet time of one number: from its last text to the next. */
export interface QuietAlert {
  readonly id: string;
  readonly tenantId: string;
  readonly number: string;
  readonly name: string | null;
  readonly accountId: string;
  readonly lastTextAt: Date;
  readonly noticedAt: Date;
}

export abstract class QuietAlertStore {
  /** True where the Admins are still to be told of it. */
  abstract open(alert: QuietAlert): Promise<boolean>;
  abstract markTold(tenantId: string, id: string): Promise<void>;
  /** Of every tenant. */
  abstract allOpen(): Promise<readonly QuietAlert[]>;
  abstract openOf(tenantId: string): Promise<readonly QuietAlert[]>;
  abstract end(tenantId: string, id: string, at: Date): Promise<void>;
}
