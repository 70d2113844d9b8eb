import { mongoUrl } from './servers.js';
import { createConnection, type mongo } from 'mongoose';

/** MongoDB's failCommand: https://github.com/mongodb/mongo/wiki/The-%22failCommand%22-fail-point */
export interface Fault {
  readonly closeConnection?: boolean;
  readonly errorCode?: number;
  readonly errorLabels?: readonly string[];
}

/** What a bulk insert can meet that says nothing of its documents. Twice: the driver tries once more by itself. */
export const WRITE_FAULTS: Readonly<Record<string, { fault: Fault; times: number }>> = {
  'a connection that breaks': { fault: { closeConnection: true }, times: 2 },
  'a primary that steps down': {
    fault: { errorCode: 10_107, errorLabels: ['RetryableWriteError'] },
    times: 2,
  },
  'a disk that is full': { fault: { errorCode: 14_031 }, times: 1 },
};

/** A URL whose connections, and no others on the shared server, can be made to fail. */
export const failingUrl = (appName: string): string => {
  const url = new URL(mongoUrl());
  url.searchParams.set('appName', appName);
  return url.toString();
};

/** The next inserts over connections of `appName` fail so many times. */
export async function failInserts(
  appName: string,
  { fault, times }: { fault: Fault; times: number },
): Promise<void> {
  const connection = await createConnection(mongoUrl()).asPromise();
  const admin: mongo.Admin | undefined = connection.db?.admin();
  await admin?.command({
    configureFailPoint: 'failCommand',
    mode: { times },
    data: { failCommands: ['insert'], appName, ...fault },
  });
  await connection.close();
}
