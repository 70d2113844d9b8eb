/** One thing that an Admin fills in for an account. */
export interface CarrierField {
  /** Its key in `settings` or `secrets`. */
  readonly name: string;
  readonly kind: 'setting' | 'secret';
  readonly label: string;
  /** One sentence: what it is, where it is found. */
  readonly help: string;
  readonly required: boolean;
  readonly example?: string;
  /** Where only these count. */
  readonly options?: readonly string[];
}

/** How an account with a carrier is set up, in words for the Admin. */
export interface CarrierGuide {
  /** Where the webhook's URL goes at the carrier. */
  readonly setup: string;
  /** What to do at the carrier to change the secret that webhooks are checked by. */
  readonly rotation: string;
  readonly fields: readonly CarrierField[];
  /** Of each group at least one is needed. */
  readonly oneOf: readonly (readonly string[])[];
}
