interface TimeRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Moments with milliseconds, as the log writes them: only so do they compare as text. */
export const timeRange = ({ from, to }: TimeRange): TimeRange => ({ from: exact(from), to: exact(to) });

const exact = (moment: string | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString();
