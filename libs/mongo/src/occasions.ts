/** Work that is due now and then, over all replicas and restarts of a service. */
export abstract class Occasions {
  /**
   * Runs `fn` if it did not begin for `everyMs` (Infinity: for ever), or if an operator asked for it by
   * `partyline tell-again`; on one replica at a time. Answers whether it ran. Where it fails it stays due.
   */
  abstract runWhenDue(name: string, everyMs: number, fn: () => Promise<unknown>): Promise<boolean>;
}
