import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isBoundCarrier } from './carrier.js';
import { ALL_CARRIERS } from './registry.js';

const FOLDER = new URL('../../../docs/carriers/', import.meta.url);
const page = (name: string): string => readFileSync(new URL(`${name}.md`, FOLDER), 'utf8');
const documented = ALL_CARRIERS.filter(({ id }) => id !== 'simulator');

describe('the page of a carrier', () => {
  it.each(documented.map((carrier) => [carrier.id, carrier] as const))(
    '%s says what to click, what works, what does not, how it was tested, and names all that an account has',
    (id, { guide }) => {
      const text = page(id);
      const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
      expect(sections).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^At /),
          'The account here',
          'What works',
          'Good to know',
          'How it was tested',
        ]),
      );
      const named = [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect(named).toEqual(expect.arrayContaining(guide.fields.map(({ name }) => name)));
    },
  );

  it('is one that the list of carriers leads to, and says whether its log is compared', () => {
    const list = page('README');
    for (const carrier of documented) {
      const { id } = carrier;
      const log = isBoundCarrier(carrier) ? undefined : carrier.log;
      const row = list.split('\n').find((line) => line.includes(`(${id}.md)`)) ?? '';
      expect({ id, compared: /\| (yes|without words) \|$/.test(row) }).toEqual({ id, compared: !!log });
    }
  });
});
