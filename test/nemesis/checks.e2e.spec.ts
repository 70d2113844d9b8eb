import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECKS = new URL('./checks.mjs', import.meta.url).href;
const SCHEDULE = new URL('./schedule.mjs', import.meta.url).href;

/** The run of faults is plain Node, without Jest's own loader. */
function evaluate<T>(script: string): T {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd });
  if (stdout.length === 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as T;
}

const received = (text: string, seq: number) => ({
  seq,
  type: 'message.received',
  actor: { kind: 'contact', id: '+1' },
  data: { text },
});
const queued = {
  seq: 3,
  type: 'message.queued',
  actor: { kind: 'user', id: 'ben' },
  data: { messageId: 'm', clientMessageId: 'c', text: 'reply c' },
};
const status = { ...queued, seq: 4, type: 'message.status', data: { messageId: 'm', status: 'delivered' } };
const thread = { id: 'cv', number: '+2', peers: ['+1'], seq: 4, items: [received('a', 1), queued, status] };
const entry = (seq: number, ownerId: string | null, epoch: number) => ({
  conversationId: 'cv',
  seq,
  after: { ownerId, epoch },
});
const good = {
  accepted: [{ id: 'a', from: '+1', to: '+2' }],
  threads: [thread],
  entries: [entry(1, null, 1), entry(2, 'ben', 2), entry(3, 'ben', 2), entry(4, 'ben', 2)],
  told: [
    {
      by: 'ben',
      conversationId: 'cv',
      command: 'reply',
      status: 200,
      sent: { clientMessageId: 'c' },
      body: { conversation: { id: 'cv', epoch: 2, owner: { id: 'ben' } } },
    },
  ],
  carrier: [['m', [{}]]],
  smsc: [] as [string, number][],
};

function faultsOf(seen: object): string[] {
  const script = `import { verdictOf } from ${JSON.stringify(CHECKS)};
    const seen = ${JSON.stringify({ ...good, ...seen })};
    process.stdout.write(JSON.stringify(verdictOf({ ...seen, carrier: new Map(seen.carrier), smsc: new Map(seen.smsc) })));`;
  const verdict = evaluate<Record<string, unknown>>(script);
  return Object.keys(verdict).filter((what) => Array.isArray(verdict[what]) && verdict[what].length > 0);
}

describe('the checks after a run of faults', () => {
  it('find nothing where all is well', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ carrier: [], smsc: [['reply c', 1]] })).toEqual([]);
  });

  it.each<[string, string[], object]>([
    ['an accepted text that is nowhere', ['lost'], { accepted: [{ id: 'b', from: '+1', to: '+2' }] }],
    ['one that is in another conversation', ['lost'], { accepted: [{ id: 'a', from: '+9', to: '+2' }] }],
    [
      'one that is there twice',
      ['duplicated'],
      { threads: [{ ...thread, items: [...thread.items, received('a', 4)] }] },
    ],
    [
      'two owners in one epoch of the log',
      ['doubleOwners'],
      { entries: [...good.entries.slice(0, 3), entry(4, 'cleo', 2)] },
    ],
    [
      'somebody who was told of an owner that the log does not know',
      ['doubleOwners'],
      {
        told: [{ ...good.told[0], body: { conversation: { id: 'cv', epoch: 2, owner: { id: 'cleo' } } } }],
      },
    ],
    ['a log with a gap', ['gaps'], { entries: good.entries.filter(({ seq }) => seq !== 2) }],
    ['a list that is behind the log', ['stale'], { threads: [{ ...thread, seq: 3 }] }],
    ['a conversation that no list shows', ['lost', 'stale', 'repliesLost', 'sentByNobody'], { threads: [] }],
    ['a reply that was sent twice', ['sentTwice'], { carrier: [['m', [{}, {}]]] }],
    ['one that an SMSC was given twice', ['sentTwice'], { carrier: [], smsc: [['reply c', 2]] }],
    ['a text that an SMSC was given and nobody wrote', ['sentByNobody'], { smsc: [['reply d', 1]] }],
    [
      'a reply that never comes to an end',
      ['unsettled'],
      { threads: [{ ...thread, items: [received('a', 1), queued] }] },
    ],
    ['a reply that is told as delivered and was never sent', ['unsettled'], { carrier: [] }],
  ])('find %s', (_what, faults, seen) => {
    expect(faultsOf(seen).sort()).toEqual(faults.sort());
  });
});

describe('the schedule of faults', () => {
  const scheduleOf = (seed: number) =>
    evaluate<{ kind: string; at: number; lasts: number }[]>(
      `import { scheduleOf } from ${JSON.stringify(SCHEDULE)};
       process.stdout.write(JSON.stringify(scheduleOf(${seed}, 600_000)));`,
    );

  it('is the same for the same seed and another for another', () => {
    expect(scheduleOf(7)).toEqual(scheduleOf(7));
    expect(scheduleOf(7)).not.toEqual(scheduleOf(8));
  });

  it('never has two members of MongoDB, or of NATS, fail at once: a majority is always there in the end', () => {
    for (const server of ['mongo', 'nats']) {
      const faults = scheduleOf(7).filter(({ kind }) => kind.startsWith(server));
      expect(faults.length).toBeGreaterThan(10);
      for (const [i, { at }] of faults.entries()) {
        const before = faults[i - 1];
        expect(at).toBeGreaterThan(before ? before.at + before.lasts : 0);
      }
    }
  });
});
