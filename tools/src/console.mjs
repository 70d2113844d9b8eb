// @ts-check
// What a person sees in the terminal: short lines, and a sign of life for whatever takes longer than a second.

/** @typedef {(line: string) => void} Say */

/** @type {Say} */
export const say = (line) => console.log(line);

/** @type {Say} */
export const quiet = () => {};

const FIRST_SIGN_MS = 1_000;
const NEXT_SIGN_MS = 5_000;

/** @param {number} sinceMs */
export const secondsSince = (sinceMs) => {
  const seconds = (Date.now() - sinceMs) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
};

/**
 * Runs work that may take long: silent under a second, then its title, then how far it is every five seconds.
 * @template T
 * @param {Say} tell
 * @param {string} title e.g. "Downloading MongoDB 6.0 (42 MB)"
 * @param {() => Promise<T>} work
 * @param {() => string | Promise<string>} [note] how far it is, e.g. "12 MB so far"
 * @returns {Promise<T>}
 */
export async function step(tell, title, work, note) {
  const startedAt = Date.now();
  let told = false;
  const first = setTimeout(() => {
    told = true;
    tell(`${title} …`);
  }, FIRST_SIGN_MS);
  const tellMore = async () => {
    const so = note ? await note() : '';
    tell(`  still at it: ${title} (${[secondsSince(startedAt), so].filter(Boolean).join(', ')})`);
  };
  const later = setInterval(() => void tellMore(), NEXT_SIGN_MS);
  try {
    const result = await work();
    if (told) tell(`${title}: done in ${secondsSince(startedAt)}`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(later);
  }
}
