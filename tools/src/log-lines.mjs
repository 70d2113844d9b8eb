// @ts-check
// Log lines of our processes: JSON from the services (pino) and from mongod, plain text from everything else.

const WARN = 40;
const MONGODB_SEVERITIES = new Map([
  ['W', 40],
  ['E', 50],
  ['F', 60],
]);

/**
 * @typedef {object} LogLine
 * @property {number} level pino's: 30 info, 40 warning, 50 error, 60 fatal
 * @property {string} text for a person
 */

/**
 * @param {string} line
 * @param {boolean} fromStderr a plain line there is a complaint, such as a stack
 * @returns {LogLine}
 */
export function readLogLine(line, fromStderr) {
  const entry = line.startsWith('{') ? parse(line) : undefined;
  if (!entry) return { level: fromStderr ? WARN : 30, text: line };
  const level = typeof entry.level === 'number' ? entry.level : (MONGODB_SEVERITIES.get(entry.s) ?? 30);
  const reason =
    entry.err?.message ?? entry.attr?.error ?? (typeof entry.error === 'string' ? entry.error : undefined);
  const text = [entry.context, entry.msg ?? entry.message, format(reason)].filter(Boolean).join(': ');
  return { level, text: text || line };
}

/** @param {LogLine} line */
export const isComplaint = ({ level }) => level >= WARN;

/**
 * @param {string} log
 * @returns {string} its last complaints, or its last lines where it has none
 */
export function lastWords(log) {
  const lines = log.trim().split('\n').slice(-50);
  const read = lines.map((line) => readLogLine(line, false));
  const complaints = read.filter(isComplaint);
  return (complaints.length > 0 ? complaints : read)
    .slice(-5)
    .map(({ text }) => `  ${text}`)
    .join('\n');
}

/** @param {unknown} reason */
const format = (reason) =>
  reason === undefined || typeof reason === 'string' ? reason : JSON.stringify(reason);

/** @param {string} line */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
