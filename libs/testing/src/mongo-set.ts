import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { eventually } from './eventually.js';
import { binary, freePort } from './servers.js';
import { TestProcess } from './test-process.js';

/** Three members of MongoDB of a test's own, so that one can be lost. */
export interface TestMongoSet {
  readonly url: string;
  /** From now on the other two get nothing of what the primary is told; what waits for a majority waits. */
  holdBack(): Promise<void>;
  /** The primary dies as in a crash, with all that was held back; another takes over. */
  losePrimary(): Promise<void>;
  stop(): Promise<void>;
}

interface Member {
  readonly port: number;
  readonly process: TestProcess;
}

const SET = 'rs0';
const PATIENTLY = { timeoutMs: 30_000 } as const;
const urlOf = ({ port }: Member): string => `mongodb://127.0.0.1:${port}/?directConnection=true`;

export async function startMongoSet(): Promise<TestMongoSet> {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-mongo-set-'));
  const members: Member[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(members.map(({ process }) => process.kill()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (const name of ['a', 'b', 'c']) members.push(await startMember(join(folder, name)));
    return { ...(await formSet(members)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function formSet(members: readonly Member[]): Promise<Omit<TestMongoSet, 'stop'>> {
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`);
  for (const member of members) await eventually(() => ask(member, { ping: 1 }), PATIENTLY);
  const config = { _id: SET, members: hosts.map((host, _id) => ({ _id, host })) };
  await ask(members[0], { replSetInitiate: config });
  let alive = members;
  const primary = () =>
    eventually(async () => {
      for (const member of alive) if ((await ask(member, { hello: 1 })).isWritablePrimary) return member;
      throw new Error('the set has no primary yet');
    }, PATIENTLY);
  await primary();
  const replication = (mode: 'alwaysOn' | 'off', among: readonly Member[]) =>
    Promise.all(among.map((member) => ask(member, { configureFailPoint: 'stopReplProducer', mode })));
  return {
    url: `mongodb://${hosts.join(',')}/?replicaSet=${SET}`,
    holdBack: async () => {
      const leader = await primary();
      await replication(
        'alwaysOn',
        alive.filter((member) => member !== leader),
      );
    },
    losePrimary: async () => {
      const leader = await primary();
      await leader.process.kill();
      alive = alive.filter((member) => member !== leader);
      await replication('off', alive);
      // Without waiting until the others find out by themselves.
      await eventually(() => ask(alive[0], { replSetStepUp: 1 }), PATIENTLY);
      await primary();
    },
  };
}

async function startMember(data: string): Promise<Member> {
  const { path, env } = binary('PARTYLINE_TEST_MONGOD', 'mongod');
  const port = await freePort();
  await mkdir(data);
  const args = ['--replSet', SET, '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', data];
  args.push('--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '64', '--quiet', '--nounixsocket');
  args.push('--setParameter', 'enableTestCommands=1');
  return { port, process: await TestProcess.start(path, args, env) };
}

async function ask(
  member: Member | undefined,
  command: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (!member) throw new Error('no member is left');
  const connection = createConnection(urlOf(member), { serverSelectionTimeoutMS: 1_000 });
  try {
    const { db } = await connection.asPromise();
    return (await db?.admin().command(command)) ?? {};
  } finally {
    await connection.close();
  }
}
