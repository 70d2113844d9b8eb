/** A server that runs for one test file. */
export interface TestNats {
  readonly url: string;
  /** Stops it and forgets everything it stored, then starts it on the same port. */
  restartEmpty(): Promise<void>;
  /** Stops it as a crash would (SIGKILL) and starts it again on the same port with what it had stored. */
  restart(): Promise<void>;
  /** Stops it as a crash would; start() brings it back with what it had stored. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A nats-server with JetStream on a free port, with nothing in it and everything allowed. */
export declare function startNats(): Promise<TestNats>;

/** A redis-server on a free port, with nothing in it. */
export declare function startRedis(): Promise<TestRedis>;

/** The replica set that all int tests of a run share; take a fresh database prefix each. */
export declare function mongoUrl(): string;

/** A value for MONGODB_DB_PREFIX that no other test uses. */
export declare function freshDbPrefix(): string;
