import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { findPythonTool, SCHEMATHESIS } from '../tools/src/python-tools.mjs';
import { runCommand } from '../tools/src/servers/run-command.mjs';
import { describeWith } from './support/optional.js';
import { eventually } from './support/eventually.js';
import { Partyline } from './support/partyline.js';

jest.setTimeout(1_200_000);

/** What each answer is held to: nothing fails inside, and nothing is answered that the document does not say. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];
/** Repeatable: what is found once is found again. */
const SEED = process.env['PARTYLINE_API_SEED'] ?? '20261123';
/** Requests that are made up for each endpoint, besides the examples and the limits of each field. */
const EXAMPLES = process.env['PARTYLINE_API_EXAMPLES'] ?? '8';

describeWith(
  findPythonTool(SCHEMATHESIS, process.env) ?? null,
  'Schemathesis is not installed: `npm test -- e2e` does that where there is Python',
  'the API as its OpenAPI document says it',
  (python) => {
    let partyline: Partyline;
    let token: string;
    beforeAll(async () => {
      partyline = await Partyline.start();
    });
    beforeEach(() => signIn(), 120_000);
    afterAll(() => partyline.stop());

    /** For each run anew: a token holds for ten minutes, and made-up requests use up what strangers may ask for in one. */
    async function signIn(): Promise<void> {
      const body = JSON.stringify({ email: 'ada@example.com', password: 'partyline' });
      const headers = { 'content-type': 'application/json' };
      const request = { method: 'POST', headers, body };
      const attempt = async () => {
        const answer = await fetch(`${partyline.url}/api/v1/auth/login`, request);
        return answer.ok && ((await answer.json()) as { accessToken: string }).accessToken;
      };
      token = await eventually('Ada to be signed in', attempt, 90_000);
    }

    async function get<T>(path: string): Promise<T> {
      const headers = { authorization: `Bearer ${token}` };
      return eventually(`an answer of ${path}`, async () => {
        const answer = await fetch(`${partyline.url}/api/v1${path}`, { headers });
        return answer.ok && ((await answer.json()) as T);
      });
    }

    /** Sends made-up requests to the endpoints that `only` names; resolves with what was wrong. */
    async function fuzz(only: readonly string[], paths: (text: string) => string = (text) => text) {
      const document = await (await fetch(`${partyline.url}/openapi.json`)).text();
      const schema = `${partyline.dataDir}/openapi.json`;
      await writeFile(schema, paths(document));
      const args = ['-m', 'schemathesis.cli', 'run', schema, '--url', partyline.url, '--no-color'];
      const limits = ['--seed', SEED, '--max-examples', EXAMPLES, '--workers', '2', '--warnings', 'off'];
      const phases = ['--phases', 'examples,coverage,fuzzing', '--checks', CHECKS.join(',')];
      const who = ['--header', `Authorization: Bearer ${token}`];
      // Live events never end, so they have tests of their own.
      const where = [...only, '--exclude-path', '/api/v1/events'];
      const outcome = await runCommand(python, [...args, ...limits, ...phases, ...who, ...where], {
        cwd: partyline.dataDir,
        timeoutMs: 1_000_000,
      });
      return { code: outcome.code, failures: outcome.code === 0 ? '' : outcome.output };
    }

    /** What had not been let in would have proved nothing. */
    const stillSignedIn = async () => expect(await get('/me')).toMatchObject({ id: 'ada' });

    it('answers for conversations and inboxes that are there as documented, whatever is sent', async () => {
      const inboxId = 'department-support';
      const { items } = await get<{ items: { id: string }[] }>(`/inboxes/${inboxId}/conversations`);
      const real = (document: string): string =>
        document
          .replaceAll('/api/v1/conversations/{id}', `/api/v1/conversations/${items[0]?.id}`)
          .replaceAll('/api/v1/inboxes/{id}', `/api/v1/inboxes/${inboxId}`);
      const within = ['--include-path-regex', `^/api/v1/(conversations|inboxes)/`];
      expect(await fuzz(within, (document) => withoutIds(real(document)))).toEqual({ code: 0, failures: '' });
      await stillSignedIn();
    });

    it.each([
      ['of administration', ['--include-path-regex', '/admin/']],
      ['besides', ['--exclude-path-regex', '/admin/']],
    ])(
      'answers whatever is sent to any endpoint %s as documented, and never fails inside',
      async (_, only) => {
        expect(await fuzz(only)).toEqual({ code: 0, failures: '' });
        await stillSignedIn();
      },
    );
  },
);

/** The document with the ids standing in its paths, so that they are no parameters any more. */
function withoutIds(text: string): string {
  const document = JSON.parse(text) as {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
  };
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      operation.parameters = (operation.parameters ?? []).filter(
        ({ in: place, name }) => place !== 'path' || path.includes(`{${name}}`),
      );
    }
  }
  return JSON.stringify(document);
}
