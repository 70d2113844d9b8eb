// @ts-check

/**
 * @typedef {object} ProcessSpec a process to start
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string>} env beside the environment of this process
 */

/**
 * @typedef {object} ServerProcess how one server is run and recognised as ready
 * @property {ProcessSpec} spec
 * @property {(ended: AbortSignal) => Promise<void>} ready resolves once it serves; gives up when the process has ended
 */

export {};
