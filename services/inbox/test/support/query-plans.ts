import type { mongo } from 'mongoose';

/** How the database answered one query. */
export interface Plan {
  /** Of all parts of it, each once or more: IXSCAN, FETCH, SORT, COLLSCAN, … */
  readonly stages: readonly string[];
  readonly keys: number;
  readonly documents: number;
}

const QUERIES = ['find', 'aggregate', 'distinct', 'count'] as const;
/** What the driver adds to a command, and `explain` does not take. */
const ADDED = ['lsid', '$clusterTime', '$db', '$readPreference', 'txnNumber', 'apiVersion'];

/** Hears the queries that code sends, and asks the database how it would answer them. */
export class QueryPlans {
  private heard: mongo.Document[] | undefined;

  /** `client`: made with `monitorCommands`. */
  constructor(
    private readonly db: mongo.Db,
    client: mongo.MongoClient,
  ) {
    client.on('commandStarted', ({ commandName, command }) => {
      if (QUERIES.some((name) => name === commandName)) this.heard?.push(command);
    });
  }

  /** The plans of every query that `act` sends. */
  async of(act: () => Promise<unknown>): Promise<Plan[]> {
    const heard: mongo.Document[] = [];
    this.heard = heard;
    try {
      await act();
    } finally {
      this.heard = undefined;
    }
    return Promise.all(heard.map((command) => this.explain(command)));
  }

  private async explain(command: mongo.Document): Promise<Plan> {
    const bare = Object.fromEntries(Object.entries(command).filter(([name]) => !ADDED.includes(name)));
    const explained: unknown = await this.db.command({ explain: bare, verbosity: 'executionStats' });
    const found = { stages: new Set<string>(), keys: 0, documents: 0 };
    walk(explained, found);
    return { ...found, stages: [...found.stages] };
  }
}

function walk(value: unknown, found: { stages: Set<string>; keys: number; documents: number }): void {
  if (Array.isArray(value)) for (const part of value) walk(part, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      // Plans that were not chosen say nothing of the one that was.
      if (name === 'rejectedPlans' || name === 'allPlansExecution') continue;
      if (name === 'stage' && typeof part === 'string') found.stages.add(part);
      else if (name === 'totalKeysExamined') found.keys += Number(part);
      else if (name === 'totalDocsExamined') found.documents += Number(part);
      else walk(part, found);
    }
  }
}
