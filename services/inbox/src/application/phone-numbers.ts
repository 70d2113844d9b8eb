/** Numbers as people type them. */
export abstract class PhoneNumbers {
  /**
   * As carriers take it: E.164 with its plus sign, or a short code. A number that names no country is taken to be of
   * the same one as `near`, one of our own numbers. Null where it cannot be a number.
   */
  abstract normalize(typed: string, near: string | undefined): string | null;
}
