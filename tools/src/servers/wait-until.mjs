// @ts-check
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../problem.mjs';

const PAUSE_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * Tries until it works.
 * @template T
 * @param {string} what for the message, e.g. "MongoDB to answer"
 * @param {() => Promise<T>} attempt throws while it is not so yet
 * @param {AbortSignal} ended stops the trying; its reason is thrown
 * @returns {Promise<T>}
 */
export async function waitUntil(what, attempt, ended) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      ended.throwIfAborted();
      if (Date.now() > deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Problem(`Waited ${PATIENCE_MS / 1000} s for ${what}, in vain: ${reason}`);
      }
      await delay(PAUSE_MS);
    }
  }
}
