import type { Violation } from '../checker.js';
import { eventually } from '../eventually.js';
import { tagOf, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

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
    private readonly scene: Scene,
    private readonly service: string,
  ) {}

  async run(scenarios: readonly Scenario[]): Promise<void> {
    for (const scenario of scenarios) await this.die(scenario);
    await Promise.all(this.flows);
  }

  private async die(scenario: Scenario): Promise<void> {
    const { partyline, failpoints, databases } = this.scene.world;
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
      const ended = flow(this.scene, tag).catch((error: unknown) => {
        failed = true;
        this.stuck.push({ tag, kind: 'work stuck', what: String(error) });
      });
      this.flows.push(ended);
      const over = () => failed || this.scene.world.failpoints.hasFired(at);
      await eventually(tag, over, patienceMs).catch(() => ended);
      if (this.scene.world.failpoints.hasFired(at)) return;
    }
  }
}
