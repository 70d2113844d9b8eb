// @ts-check
// The product and the floor in turn, on the same servers in one run. What it means: README.md.
import { parseArgs } from 'node:util';
import { startFloor } from './floor/start.mjs';
import { accepted, textToBrowser } from './load.mjs';
import { startProduct } from './product.mjs';

/** The middle one: a round that something else on the machine disturbed does not decide. @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/**
 * @template {Record<string, number>} R
 * @param {string} title
 * @param {number} rounds
 * @param {Record<string, () => Promise<R>>} sides
 */
async function compare(title, rounds, sides) {
  /** @type {Record<string, R[]>} */
  const results = {};
  for (let round = 1; round <= rounds; round += 1) {
    for (const [side, measure] of Object.entries(sides)) {
      process.stdout.write(`  ${title}, round ${round} of ${rounds}: ${side} …\n`);
      (results[side] ??= []).push(await measure());
    }
  }
  const first = results['product']?.[0] ?? {};
  /** @type {Record<string, Record<string, string>>} */
  const table = {};
  for (const key of Object.keys(first)) {
    const product = median((results['product'] ?? []).map((result) => result[key] ?? Number.NaN));
    const floor = median((results['floor'] ?? []).map((result) => result[key] ?? Number.NaN));
    table[key] = {
      product: product.toFixed(1),
      floor: floor.toFixed(1),
      'product / floor': (product / floor).toFixed(2),
    };
  }
  console.log(`\n${title}`);
  console.table(table);
}

/** @param {string[]} args */
export async function main(args) {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' } },
  });
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
  console.log('Starting the product and the floor …');
  const product = await startProduct();
  try {
    const floor = await startFloor(product);
    try {
      const short = Math.min(3, seconds);
      for (const { target } of [product, floor]) await accepted(target, short);
      await compare('text to browser, ms at 50 texts/s', rounds, {
        product: () => textToBrowser(product.target, seconds),
        floor: () => textToBrowser(floor.target, seconds),
      });
      await compare('webhooks accepted, 16 connections (ms, req/s)', rounds, {
        product: () => accepted(product.target, seconds),
        floor: () => accepted(floor.target, seconds),
      });
    } finally {
      await floor.stop();
    }
  } finally {
    await product.stop();
  }
}
