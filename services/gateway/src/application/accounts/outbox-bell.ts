import { Injectable } from '@nestjs/common';

/** Rings when a user changed, so that the outbox is emptied now and not at its next round. */
@Injectable()
export class OutboxBell {
  private readonly listeners: (() => void)[] = [];

  onRing(listener: () => void): void {
    this.listeners.push(listener);
  }

  ring(): void {
    for (const listener of this.listeners) listener();
  }
}
