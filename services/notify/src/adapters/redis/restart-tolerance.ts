/**
 * A job whose worker died is "stalled" and starts again; after more than maxStalledCount of them BullMQ buries it
 * (1 unless given). Deploys and crashes are no fault of the job, so it takes many.
 */
export const RESTART_TOLERANCE = {
  maxStalledCount: 25,
  lockDuration: 30_000,
  stalledInterval: 15_000,
} as const;
