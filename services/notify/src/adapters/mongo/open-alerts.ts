import { Gauge, type Registry } from '@partyline/observability';
import type { mongo } from 'mongoose';

/** What alerts have in common: they are open until they end, and an index of that name has the open ones. */
export interface OpenUntilEnded {
  /** Absent from the end on. */
  readonly open?: true;
  readonly endedAt?: Date;
}

/** Shows how many are open. */
export function gaugeOfOpen<D extends OpenUntilEnded>(
  registry: Registry,
  words: { readonly name: string; readonly help: string },
  alerts: () => mongo.Collection<D>,
): void {
  const count = () =>
    alerts().countDocuments({ open: true } as mongo.Filter<D>, { hint: 'open', timeoutMS: 1_000 });
  void new Gauge({
    ...words,
    registers: [registry],
    async collect() {
      // Without the store there is nothing to tell; the other metrics are still wanted then.
      this.set(await count().catch(() => Number.NaN));
    },
  });
}
