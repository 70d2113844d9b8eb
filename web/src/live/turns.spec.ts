import { describe, expect, it } from '@jest/globals';
import { inTurn } from './turns.js';

describe('commands on one conversation', () => {
  it('wait for each other in the order they were given, also when one fails', async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = inTurn('cv', async () => {
      await new Promise<void>((resolve) => (release = resolve));
      order.push('first');
      throw new Error('refused');
    });
    const second = inTurn('cv', () => {
      order.push('second');
      return Promise.resolve('done');
    });
    const other = inTurn('cv_other', () => {
      order.push('other');
      return Promise.resolve();
    });
    await other;
    release();
    await expect(first).rejects.toThrow('refused');
    await expect(second).resolves.toBe('done');
    expect(order).toEqual(['other', 'first', 'second']);
  });
});
