/** A customer's last word on texts from one of our numbers. */
export interface ConsentChange {
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
  readonly optedOut: boolean;
  readonly at: Date;
}

/** Who must not be texted. Consent is per number and customer, whatever the conversation. */
export abstract class Consents {
  /** The latest word by its time stands, in whatever order they come. */
  abstract record(changes: readonly ConsentChange[]): Promise<void>;
  abstract optedOut(tenantId: string, number: string, peer: string): Promise<boolean>;
}
