/**
 * A job whose worker died is "stalled" and starts again; after more than maxStalledCount of them BullMQ buries it
 * (1 unless given). Deploys and crashes are no fault of the job, so it takes many. After Redis was away a worker looks
 * for it again every second (15 unless given), and a shutdown meanwhile waits no longer than that.
 */
export const WORKER_OPTIONS = {
  maxStalledCount: 25,
  lockDuration: 30_000,
  stalledInterval: 15_000,
  runRetryDelay: 1000,
} as const;
