// @ts-check
// Does what the schedule says, and mends all of it in the end.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MEMBERS } from './schedule.mjs';

/** @typedef {import('./schedule.mjs').Fault} Fault */

export class Nemesis {
  /** Faults that really happened: where there is no primary, none can be killed. */
  count = 0;
  #cluster;
  #smsc;
  #pids;
  #folder;
  #write;

  /**
   * @param {object} parts
   * @param {import('./cluster.mjs').Cluster} parts.cluster
   * @param {import('./smsc.mjs').Smsc} parts.smsc
   * @param {() => Record<string, number | undefined>} parts.pids of the services
   * @param {string} parts.folder
   * @param {(line: object) => void} parts.write
   */
  constructor({ cluster, smsc, pids, folder, write }) {
    this.#cluster = cluster;
    this.#smsc = smsc;
    this.#pids = pids;
    this.#folder = folder;
    this.#write = write;
  }

  /**
   * @param {readonly Fault[]} faults
   * @returns {Promise<void>} when the last one is over
   */
  async run(faults) {
    const startedAt = performance.now();
    await Promise.all(
      faults.map(async (fault) => {
        await pause(fault.at - (performance.now() - startedAt));
        await this.#bring(fault);
      }),
    );
  }

  /** @param {Fault} fault */
  async #bring(fault) {
    try {
      const end = await this.#begin(fault);
      this.count += 1;
      this.#write({ fault });
      await pause(fault.lasts);
      await end();
      this.#write({ over: fault });
    } catch (error) {
      this.#write({ fault, without: String(error) });
    }
  }

  /**
   * @param {Fault} fault
   * @returns {Promise<() => Promise<void> | void>} ends it
   */
  async #begin({ kind, target, amount = 0 }) {
    if (kind === 'kill' || kind === 'pause') return this.#hit(kind, target);
    if (kind === 'clock') {
      writeFileSync(clockFile(this.#folder, target), String(amount));
      return () => writeFileSync(clockFile(this.#folder, target), '0');
    }
    if (kind === 'mongo-step-down') {
      await this.#cluster.stepDown();
      return () => {};
    }
    const [server, ...rest] = kind.split('-');
    const what = rest.join('-');
    if (server === 'smpp') return disturb(this.#smsc.proxy, what, amount);
    const i = target === 'primary' ? await this.#cluster.primary() : Number(target);
    const name = `${server}${i}`;
    const proxy = (server === 'mongo' ? this.#cluster.mongo : this.#cluster.nats)[i];
    if (!proxy || !MEMBERS.some((member) => member === i)) throw new Error(`there is no ${name}`);
    switch (what) {
      case 'kill':
        await this.#cluster.kill(name);
        return () => (server === 'mongo' ? this.#cluster.startMongo(i) : this.#cluster.startNats(i));
      case 'pause':
        await this.#cluster.signal(name, 'SIGSTOP');
        return () => this.#cluster.signal(name, 'SIGCONT');
      default:
        return disturb(proxy, what, amount);
    }
  }

  /**
   * @param {'kill' | 'pause'} kind
   * @param {string} service its supervisor brings it back
   */
  #hit(kind, service) {
    const pid = this.#pids()[service];
    if (pid === undefined) throw new Error(`${service} does not run now`);
    process.kill(pid, kind === 'kill' ? 'SIGKILL' : 'SIGSTOP');
    return () => {
      if (kind === 'pause' && this.#pids()[service] === pid) process.kill(pid, 'SIGCONT');
    };
  }
}

/**
 * @param {import('./proxy.mjs').Proxy} proxy
 * @param {string} what
 * @param {number} amount
 * @returns {() => void} ends it
 */
function disturb(proxy, what, amount) {
  if (what === 'cut') proxy.cut();
  else if (what === 'half-open') proxy.halfOpen();
  else if (what === 'delay') proxy.delay(amount);
  else throw new Error(`nobody knows how to do ${what}`);
  return () => proxy.heal();
}

/**
 * @param {string} folder
 * @param {string} service
 */
export const clockFile = (folder, service) => join(folder, `clock-${service}`);
