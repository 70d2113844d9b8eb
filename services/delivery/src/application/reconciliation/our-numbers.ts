/** The numbers that the tenant has set up here. */
export abstract class OurNumbers {
  /** Which of these are. Throws when nobody can be asked. */
  abstract among(tenantId: string, numbers: readonly string[]): Promise<ReadonlySet<string>>;
}
