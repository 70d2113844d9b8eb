import { describe, expect, it } from '@jest/globals';
import { Refused, Unreachable } from '@partyline/client';
import { attempts } from './attempts.js';

const refused = (status: number) =>
  new Refused({ type: 'about:blank', title: 'No', status, code: 'INTERNAL', detail: 'No.' });

describe('the key of an attempt', () => {
  it.each<[string, Error | null, boolean]>([
    ['nobody answered', new Unreachable(), true],
    ['it is not known whether it happened', refused(503), true],
    ['something in between failed', refused(502), true],
    ['it was refused', refused(409), false],
    ['it was done', null, false],
  ])('where %s', async (_case, failure, stays) => {
    let made = 0;
    const attempt = attempts(() => `key ${(made += 1)}`);
    const sent: string[] = [];
    const send = (key: string): Promise<string> => {
      sent.push(key);
      return failure === null ? Promise.resolve(key) : Promise.reject(failure);
    };
    await attempt(send).catch(() => undefined);
    await attempt(send).catch(() => undefined);
    expect(sent).toEqual(['key 1', stays ? 'key 1' : 'key 2']);
  });
});
