import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const REPEATS_KNOWN_MS = 2 * 60 * 1000;

/** In a stream's metadata: its creation was told to whoever publishes state on it. */
export const ANNOUNCED = 'partyline.announced';

type Wanted = Pick<
  StreamConfig,
  | 'name'
  | 'subjects'
  | 'storage'
  | 'retention'
  | 'discard'
  | 'max_age'
  | 'max_bytes'
  | 'duplicate_window'
  | 'num_replicas'
  | 'allow_direct'
>;

/**
 * The stream of a service, from NATS_REPLICAS (1) and NATS_STREAM_MAX_BYTES (no limit). DiscardNew: a full stream
 * refuses events, which then wait in MongoDB; it never drops old ones that somebody has not read.
 */
export function streamConfig(name: string, env: NodeJS.ProcessEnv): Wanted {
  return {
    name,
    subjects: [`${name}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_age: nanos(WEEK_MS),
    max_bytes: wholeNumber(env, 'NATS_STREAM_MAX_BYTES', -1),
    duplicate_window: nanos(REPEATS_KNOWN_MS),
    num_replicas: wholeNumber(env, 'NATS_REPLICAS', 1),
    allow_direct: true,
  };
}

export function differsFrom(actual: StreamConfig, wanted: Wanted): boolean {
  return (Object.keys(wanted) as (keyof Wanted)[]).some(
    (key) => JSON.stringify(actual[key]) !== JSON.stringify(wanted[key]),
  );
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${name} must be a whole number above 0, not "${text}"`);
  return value;
}
