import { Injectable } from '@nestjs/common';

/** Resolves while it can serve; rejects with a sentence that says what is missing. */
export type ReadinessCheck = () => Promise<void> | void;

/** What has to be in order before this instance gets work: /health/ready asks each. */
@Injectable()
export class ReadinessChecks {
  private readonly checks = new Map<string, ReadinessCheck>();

  add(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  entries(): readonly (readonly [string, ReadinessCheck])[] {
    return [...this.checks];
  }

  /** From now on not ready, whatever else: this instance is about to end and must get no more work. */
  drain(): void {
    this.add('shutdown', () => {
      throw new Error('this instance is shutting down');
    });
  }
}
