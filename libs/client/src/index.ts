export { createClient, type PartylineClient } from './client.js';
export { EXPORTS, type ExportFile, type ExportFilter } from './exports.js';
export { ACTS, type Act, type ActBody } from './conversations.js';
export { Refused, Unreachable } from './problem.js';
export type { ClientOptions, Page } from './request.js';
