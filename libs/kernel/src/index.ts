export * from './bare-word.js';
export * from './clock.js';
export * from './failpoint.js';
export * from './failpoints.js';
export * from './ids.js';
export * from './result.js';
