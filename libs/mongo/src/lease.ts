/** One holder at a time over all replicas of a service, by a document with an expiry. */
export abstract class Lease {
  /**
   * Runs `fn` while this instance holds the lease `name`, renewing it every third of `ttlMs`; undefined, without
   * running it, where another holds it. `signal` aborts when the lease was lost: stop then, another may have begun.
   * A lease keeps sweepers from doing the same work twice; it is not a lock that correctness may rest on.
   */
  abstract runExclusively<T>(
    name: string,
    ttlMs: number,
    fn: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined>;
}
