import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TAG_COLOURS } from '@partyline/contracts';

const css = readFileSync(new URL('../src/tags/tag-chips.module.css', import.meta.url), 'utf8');

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the colours of tags', () => {
  it.each(TAG_COLOURS)('%s: its words can be read, by day and by night', (colour) => {
    const rule = css.slice(css.indexOf(`[data-colour='${colour}']`)).split('}')[0] ?? '';
    const [light = '', dark = '', lightInk = '', darkInk = ''] = rule.match(/#[0-9a-f]{6}/g) ?? [];
    expect(contrast(light, lightInk)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, darkInk)).toBeGreaterThanOrEqual(4.5);
  });
});
