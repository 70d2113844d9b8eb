import { Injectable } from '@nestjs/common';

interface Pace {
  /** When the next text may leave, milliseconds since the epoch. */
  free: number;
  /** Until when the carrier takes nothing, as it said. */
  heldUntil: number;
  /** By attempt: when its turn is. */
  readonly turns: Map<string, number>;
}

/** A turn that nobody takes (the reply was refused meanwhile) is forgotten after this long, milliseconds. */
const FORGOTTEN_MS = 60 * 60_000;
const MOST_TURNS = 10_000;

/**
 * How fast texts leave by each carrier account: evenly, as many a second as the account may send. It holds for this
 * process; several replicas share an account's rate by each having a part of it in their settings.
 */
@Injectable()
export class AccountPace {
  private readonly paces = new Map<string, Pace>();

  /** Milliseconds until this attempt's turn; 0: now. Asked again at that time, its turn has come. */
  waitMs(account: string, attemptId: string, perSecond: number, now: Date): number {
    const at = now.getTime();
    const pace = this.paceOf(account);
    const turn = pace.turns.get(attemptId);
    const earliest = Math.max(at, pace.heldUntil);
    if (turn !== undefined && turn <= at && pace.heldUntil <= at) {
      pace.turns.delete(attemptId);
      return 0;
    }
    if (turn !== undefined && turn > at && turn >= pace.heldUntil) return turn - at;
    const slot = Math.max(earliest, pace.free);
    pace.free = slot + 1000 / perSecond;
    if (slot <= at) return 0;
    this.remember(pace, attemptId, slot, at);
    return slot - at;
  }

  /** The carrier asked to slow down: nothing leaves by this account for so long. */
  holdOff(account: string, ms: number, now: Date): void {
    const pace = this.paceOf(account);
    pace.heldUntil = Math.max(pace.heldUntil, now.getTime() + ms);
  }

  private remember(pace: Pace, attemptId: string, slot: number, at: number): void {
    if (pace.turns.size >= MOST_TURNS) {
      for (const [id, turn] of pace.turns) if (turn < at - FORGOTTEN_MS) pace.turns.delete(id);
    }
    if (pace.turns.size < MOST_TURNS) pace.turns.set(attemptId, slot);
  }

  private paceOf(account: string): Pace {
    const known = this.paces.get(account);
    if (known) return known;
    const pace = { free: 0, heldUntil: 0, turns: new Map<string, number>() };
    this.paces.set(account, pace);
    return pace;
  }
}
