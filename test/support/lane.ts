import type { Failpoint } from '@partyline/kernel';
import type { Violation } from './checker.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

/** One death: where, and what brings a process there. */
export interface Scenario {
  readonly at: Failpoint;
  /** What goes on meanwhile, as words behind "while". */
  readonly meanwhile: string;
  /** Brings it about, again and again until it happened; `tag` marks in the ledger what belongs to it. */
  readonly flow: (tag: string) => Promise<unknown>;
  /** How long one flow may take to get there before it is repeated, milliseconds. */
  readonly patienceMs?: number;
}

export const tagOf = ({ at, meanwhile }: Scenario): string => `${at} while ${meanwhile}`;

/** So many deaths in a row does the supervisor answer at once, or nearly; then it waits, unless a process lived for a while. */
const QUICK_DEATHS = 4;
const LONG_LIFE_MS = 10_200;
const PATIENCE_MS = 6_000;

/** The deaths of one service, one after the other. */
export class Lane {
  /** Tags of the scenarios that took place. */
  readonly fired = new Set<string>();
  /** Work that never came to its end. */
  readonly stuck: Violation[] = [];
  private readonly flows: Promise<unknown>[] = [];
  private bornAt = Date.now();
  private quickDeaths = 0;

  constructor(
    private readonly world: World,
    private readonly service: string,
  ) {}

  async run(scenarios: readonly Scenario[]): Promise<void> {
    for (const scenario of scenarios) await this.die(scenario);
    await Promise.all(this.flows);
  }

  private async die(scenario: Scenario): Promise<void> {
    const { partyline, failpoints, databases } = this.world;
    if (this.quickDeaths >= QUICK_DEATHS) {
      await eventually(`${this.service} to live for a while`, () => Date.now() - this.bornAt > LONG_LIFE_MS);
    }
    failpoints.arm(scenario.at);
    await this.bringAbout(scenario);
    if (!failpoints.hasFired(scenario.at)) return failpoints.disarm(scenario.at);
    this.fired.add(tagOf(scenario));
    // Whoever held a lease is dead: nothing is learned by waiting until it runs out.
    await databases.expireLeases(this.service);
    await eventually(`${this.service} to be back`, () => partyline.isReady(this.service), 60_000);
    this.quickDeaths = Date.now() - this.bornAt > LONG_LIFE_MS ? 1 : this.quickDeaths + 1;
    this.bornAt = Date.now();
  }

  /** The flow goes on over the death and is waited for in the end: it must come to its end, whatever dies. */
  private async bringAbout({ at, flow, patienceMs = PATIENCE_MS, ...scenario }: Scenario): Promise<void> {
    const tag = tagOf({ at, flow, ...scenario });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      let failed = false;
      const ended = flow(tag).catch((error: unknown) => {
        failed = true;
        this.stuck.push({ tag, kind: 'work stuck', what: String(error) });
      });
      this.flows.push(ended);
      const over = () => failed || this.world.failpoints.hasFired(at);
      await eventually(tag, over, patienceMs).catch(() => ended);
      if (this.world.failpoints.hasFired(at)) return;
    }
  }
}
