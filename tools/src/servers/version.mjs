// @ts-check

/**
 * @param {string} version e.g. `6.0.5`
 * @param {string} minimum e.g. `6.0`
 * @returns {boolean}
 */
export function isAtLeast(version, minimum) {
  const have = version.split('.').map(Number);
  const need = minimum.split('.').map(Number);
  for (let i = 0; i < need.length; i += 1) {
    const difference = (have[i] ?? 0) - (need[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * @param {string} output of the server's version option
 * @param {RegExp} pattern with the version as its first group
 * @returns {string | undefined}
 */
export function parseVersion(output, pattern) {
  return pattern.exec(output)?.[1];
}
