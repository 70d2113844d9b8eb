/** How this service sends. */
export class DeliverySettings {
  constructor(
    /** How long a carrier may take to answer, in milliseconds; the whole exchange may take twice that. */
    readonly carrierTimeoutMs: number,
    /** How long a claim lasts before its attempt counts as interrupted, in milliseconds; must outlast the exchange. */
    readonly claimMs: number,
    /** How many conversations are sent from at the same time. */
    readonly concurrency: number,
    /** How long a status for a text that nobody knows is tried again, in milliseconds: it can beat the send call's answer. */
    readonly strayStatusMs: number,
    /** Origins of carriers' APIs that may be called although they are not on the public internet. */
    readonly carrierOrigins: ReadonlySet<string> = new Set(),
  ) {}
  /** From connecting to the end of the answer, in milliseconds. */
  get longestExchangeMs(): number {
    return this.carrierTimeoutMs * 2;
  }
}
