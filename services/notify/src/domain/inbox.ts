/** An inbox as the directory tells of it: who belongs to it, and when its Admins are alerted. */
export interface Inbox {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly string[];
  readonly alertAfterMinutes: number | null;
  /** Whether it gives what is unassigned to members who are available. Absent where it is not known yet: no. */
  readonly givesOut?: boolean;
}
