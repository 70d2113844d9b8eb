import { describe, expect, it } from '@jest/globals';
import { given } from './act.js';

describe('what is recorded of a request', () => {
  it.each([
    ['the fields that are named, and no others', { name: 'Ben', password: 'secret' }, { name: 'Ben' }],
    ['values of any kind', { active: false, roleId: null }, { active: false, roleId: null }],
    ['lists of which only the length is told', { items: [{ peer: '+1' }, { peer: '+2' }] }, { items: 2 }],
    ['nothing of what is no list', { items: 'a secret' }, {}],
    ['nothing of what is no object', 'name', {}],
    ['nothing of nothing', undefined, {}],
    ['nothing that objects have anyway', {}, {}],
  ])('%s', (_name, request, recorded) => {
    expect(given(request, ['name', 'active', 'roleId', 'toString'], ['items'])).toEqual(recorded);
  });

  it('is cut where it is long', () => {
    const { name } = given({ name: 'x'.repeat(100_000) }, ['name']);
    expect(String(name)).toHaveLength(1001);
  });
});
