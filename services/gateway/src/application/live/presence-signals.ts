/** Somebody types in a conversation or looks at it (`on`), or does so no longer. */
export interface PresenceSignal {
  readonly kind: 'typing' | 'viewing';
  readonly tenantId: string;
  readonly inboxId: string;
  readonly conversationId: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly on: boolean;
}

/** Spreads such signals over all gateways, at most once: a lost one is made good by the next, or expires. */
export abstract class PresenceSignals {
  abstract spread(signal: PresenceSignal): void;
}
