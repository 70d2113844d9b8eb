// @ts-check
import { dataDirectory } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { readRuntime } from '../runtime.mjs';

/** @param {import('../paths.mjs').Env} env */
export function mongodbUrl(env) {
  const url = env.MONGODB_URL || readRuntime(dataDirectory(env))?.urls.mongodb;
  if (url) return url;
  throw new Problem(
    'Partyline does not run here. Start it with npm start, or set MONGODB_URL to its database.',
  );
}
