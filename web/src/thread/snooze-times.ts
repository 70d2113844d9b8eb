export interface SnoozeChoice {
  readonly id: string;
  readonly label: string;
  /** ISO 8601; null: until the customer writes. */
  readonly until: string | null;
}

const MORNING = 9;
const EVENING = 18;

/** What one usually means by "later", from `now` in the reader's own time zone. */
export function snoozeChoices(now: Date): readonly SnoozeChoice[] {
  const at = (days: number, hour: number): string =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).toISOString();
  const inHours = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
  // 1 is Monday.
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { id: 'text', label: 'Until the customer writes', until: null },
    { id: 'hour', label: 'In an hour', until: inHours(1) },
    ...(now.getHours() < EVENING - 1
      ? [{ id: 'evening', label: 'This evening', until: at(0, EVENING) }]
      : []),
    { id: 'tomorrow', label: 'Tomorrow morning', until: at(1, MORNING) },
    ...(toMonday > 1 ? [{ id: 'monday', label: 'Next Monday', until: at(toMonday, MORNING) }] : []),
  ];
}
