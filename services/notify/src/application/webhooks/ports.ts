import type { Delivery, Endpoint, Try } from '../../domain/webhook.js';

export type EndpointPatch = Partial<Omit<Endpoint, 'tenantId' | 'id' | 'createdAt'>>;

export abstract class EndpointStore {
  abstract list(tenantId: string): Promise<readonly Endpoint[]>;
  abstract find(tenantId: string, id: string): Promise<Endpoint | null>;
  /** The active ones that want any of these, by tenant. */
  abstract wanting(tenantIds: readonly string[]): Promise<readonly Endpoint[]>;
  /** false: there is one of this id. */
  abstract insert(endpoint: Endpoint): Promise<boolean>;
  /** null: there is none. */
  abstract update(tenantId: string, id: string, patch: EndpointPatch): Promise<Endpoint | null>;
  /** null: there is none whose newest secret is this. */
  abstract replaceSecrets(
    tenantId: string,
    id: string,
    newest: string,
    secrets: Endpoint['secrets'],
  ): Promise<Endpoint | null>;
  abstract remove(tenantId: string, id: string): Promise<boolean>;
  abstract arrives(tenantId: string, id: string): Promise<void>;
  /** Since when it fails: now, or since an earlier failure. null: there is none. */
  abstract fails(tenantId: string, id: string, now: Date): Promise<Date | null>;
}

export type NewDelivery = Pick<
  Delivery,
  'id' | 'tenantId' | 'endpointId' | 'type' | 'body' | 'createdAt' | 'nextAt'
>;

export abstract class DeliveryStore {
  /** All that other systems were, or were to be, told of these conversations; gives how many that were. */
  abstract drop(tenantId: string, conversationIds: readonly string[]): Promise<number>;
  /** Each once for ever. */
  abstract add(deliveries: readonly NewDelivery[]): Promise<void>;
  abstract list(tenantId: string, endpointId: string, limit: number): Promise<readonly Delivery[]>;
  /** One that is due, for this process alone until `until`. */
  abstract claim(tenantId: string, id: string, now: Date, until: Date): Promise<Delivery | null>;
  abstract record(
    delivery: Pick<Delivery, 'tenantId' | 'id'>,
    attempt: Try,
    next: { readonly state: Delivery['state']; readonly nextAt: Date | null },
  ): Promise<void>;
  /** Pending from now on, with no attempt made. null: there is no such delivery. */
  abstract reopen(tenantId: string, endpointId: string, id: string, now: Date): Promise<Delivery | null>;
  /** Pending ones that were due before `moment`: their timer was lost. */
  abstract overdue(moment: Date, limit: number): Promise<readonly Delivery[]>;
}

export interface WebhookTimer {
  readonly tenantId: string;
  readonly id: string;
  readonly attempts: number;
  readonly nextAt: Date;
}

/** Timers only: whatever is lost here the sweep finds in MongoDB. */
export abstract class WebhookQueue {
  abstract add(timers: readonly WebhookTimer[]): Promise<void>;
}

export abstract class WebhookPost {
  /** Why nothing may be sent there; null: it may. */
  abstract refuses(url: string): string | null;
  /** Never rejects. */
  abstract post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Omit<Try, 'at'>>;
}

export abstract class WebhookSecrets {
  /** Whether secrets can be kept at all: without a key for them there are no webhooks. */
  abstract readonly usable: boolean;
  /** A new one, `whsec_…`. */
  abstract make(): string;
  abstract seal(endpointId: string, secret: string): string;
  abstract open(endpointId: string, sealed: string): string;
  /** Headers of Standard Webhooks. */
  abstract sign(
    endpointId: string,
    message: {
      readonly id: string;
      readonly at: Date;
      readonly body: string;
      readonly sealed: readonly string[];
    },
  ): Readonly<Record<string, string>>;
}
