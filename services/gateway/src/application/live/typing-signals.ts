/** Somebody types, or stopped. */
export interface TypingSignal {
  readonly tenantId: string;
  readonly inboxId: string;
  readonly conversationId: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly typing: boolean;
}

/** Spreads typing signals over all gateways, at most once: a lost one is forgotten after 6 seconds anyway. */
export abstract class TypingSignals {
  abstract spread(signal: TypingSignal): void;
}
