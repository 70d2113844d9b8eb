/** Where in the world numbers are. */
export abstract class TimeZones {
  /** The IANA names of all zones that any of these may be in; none for short codes, names, and what is nowhere. */
  abstract of(numbers: readonly string[]): Promise<string[]>;
}
