// A module loader (https://nodejs.org/docs/latest-v20.x/api/module.html#hooks) that alters one file.

/** @typedef {{ file: string, changes: { find: string, replace: string }[] }} Bug `file`: how its path ends */

/** @type {Bug} */
let bug = { file: '', changes: [] };

/** @param {Bug} data */
export function initialize(data) {
  bug = data;
}

/**
 * @param {string} url
 * @param {unknown} context
 * @param {(url: string, context: unknown) => Promise<{ source: unknown }>} nextLoad
 */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (!url.endsWith(`/${bug.file}`)) return loaded;
  const source = bug.changes.reduce(
    (text, { find, replace }) => text.replace(find, () => replace),
    Buffer.from(/** @type {Uint8Array} */ (loaded.source)).toString(),
  );
  return { ...loaded, source };
}
