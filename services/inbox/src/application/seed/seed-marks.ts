/** Remembers how far a seed has come, so that one that was cut short is finished and a finished one is never repeated. */
export abstract class SeedMarks {
  abstract read(seed: string): Promise<'absent' | 'begun' | 'finished'>;
  abstract begin(seed: string): Promise<void>;
  abstract finish(seed: string): Promise<void>;
}
