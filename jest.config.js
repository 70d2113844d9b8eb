import { readFileSync } from 'node:fs';

const swc = { ...JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8')), swcrc: false };

/** @param {string} name @param {string[]} testMatch */
const project = (name, testMatch, extra = {}) => ({
  displayName: name,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['/dist/', '/.data/'],
  ...extra,
});

export default {
  coverageProvider: 'v8',
  // Generous, because CI's machines are small and shared: tests wait for conditions, so a fast machine is fast.
  testTimeout: 30_000,
  projects: [
    project('unit', [
      'libs/*/src/**/*.spec.ts',
      'services/*/src/**/*.spec.ts',
      'web/src/**/*.spec.ts',
      'web/build/**/*.spec.ts',
      'tools/simulator/src/**/*.spec.ts',
      'libs/contracts/test/**/*.spec.ts',
      'test/support/**/*.spec.ts',
    ]),
    project(
      'int',
      [
        'libs/*/test/**/*.int.spec.ts',
        'services/*/test/**/*.int.spec.ts',
        'tools/simulator/test/**/*.int.spec.ts',
      ],
      {
        globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
        globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
      },
    ),
    project('e2e', ['test/**/*.e2e.spec.ts']),
    // Long: every failpoint, seeded bugs, made-up API requests.
    project('proof', ['test/**/*.proof.spec.ts']),
  ],
};
