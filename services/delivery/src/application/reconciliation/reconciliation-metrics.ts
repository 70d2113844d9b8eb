import type { Counts } from '../../domain/reconciliation/reconciliation.js';

interface Login {
  readonly carrier: string;
  readonly accountId: string;
}

/** Hears what comparing comes to, to count it. */
export abstract class ReconciliationMetrics {
  abstract compared(login: Login, entries: number): void;
  abstract healed(login: Login, counts: Pick<Counts, 'textsHealed' | 'repliesSettled' | 'failures'>): void;
  abstract finished(login: Login, at: Date): void;
  abstract failed(login: Login): void;
}
