import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { driftOf } from './seeded-bug.js';
import { SEEDED_BUGS } from './seeded-bugs.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { config } = ts.readConfigFile(`${ROOT}tsconfig.base.json`, ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, module: 'esnext' }, ROOT);

/** As a build makes it of today's source, which nobody may have built. */
function built(file: string): string {
  const fileName = ROOT + file.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
  return ts.transpileModule(readFileSync(fileName, 'utf8'), { compilerOptions: options, fileName })
    .outputText;
}

it.each(Object.entries(SEEDED_BUGS))(
  '%s: the seeded bug still finds its place in the code',
  (_mistake, bug) => {
    expect(driftOf(bug, built(bug.file))).toEqual([]);
  },
);
