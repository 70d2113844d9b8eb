import { Injectable } from '@nestjs/common';
import {
  ExportConversations,
  ListOptOuts,
  ListTags,
  type AuditItem,
  type CallDefinition,
  type ConsentRecord,
  type Conversation,
  type Viewer,
} from '@partyline/contracts';
import { ListTrail, type TrailFilter } from '../audit/list-trail.js';
import { Services, type Answer } from '../services.js';

/** The narrowing of an export; moments are ISO 8601 in UTC, both inclusive. */
interface Filter {
  readonly inboxId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
type ConversationFilter = Filter & { status?: 'open' | 'done' | undefined; ownerId?: string | undefined };

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Rows of one answer over the bus: far below its limit of 1 MB, even where texts are long. */
const ROWS = 100;

/**
 * Reads everything of a kind, one page at a time: the next is asked for when the reader has taken the last one, so
 * that an export of any size needs the memory of one page. Each page is allowed anew, so that who loses the permission
 * meanwhile gets no more. The first page is there before the rows are: what is refused is refused at once.
 */
@Injectable()
export class ReadExport {
  constructor(
    private readonly services: Services,
    private readonly trail: ListTrail,
  ) {}

  conversations(viewer: Viewer, filter: ConversationFilter): Promise<AsyncIterable<Conversation>> {
    return this.everything(ExportConversations, { ...viewer, ...filter, limit: ROWS });
  }

  async audit(viewer: Viewer, filter: TrailFilter): Promise<AsyncIterable<AuditItem>> {
    const read = (cursor?: string) => this.trail.execute(viewer, filter, cursor, ROWS);
    return rowsFrom(await read(), read);
  }

  optOuts(viewer: Viewer): Promise<AsyncIterable<ConsentRecord>> {
    return this.everything(ListOptOuts, { ...viewer, state: 'opted_out', limit: ROWS });
  }

  /** What each tag is called now; the id where nobody knows. */
  async tagNames(viewer: Viewer): Promise<(tagId: string) => string> {
    const names = new Map((await this.services.query(ListTags, viewer)).map(({ id, name }) => [id, name]));
    return (tagId) => names.get(tagId) ?? tagId;
  }

  private async everything<Q, T>(
    definition: CallDefinition<Q & { cursor?: string | undefined }, Answer<Page<T>>>,
    request: Q,
  ): Promise<AsyncIterable<T>> {
    const read = (cursor?: string): Promise<Page<T>> =>
      this.services.query(definition, { ...request, cursor });
    return rowsFrom(await read(), read);
  }
}

async function* rowsFrom<T>(first: Page<T>, read: (cursor: string) => Promise<Page<T>>): AsyncIterable<T> {
  let page = first;
  for (;;) {
    yield* page.items;
    if (page.nextCursor === null) return;
    page = await read(page.nextCursor);
  }
}
