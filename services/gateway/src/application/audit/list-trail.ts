import { Injectable } from '@nestjs/common';
import { actTypeSchema, ListAudit, type ActData, type AuditItem, type Viewer } from '@partyline/contracts';
import { z } from 'zod';
import type { EndedAct } from '../../domain/act.js';
import { newestFirst, type Dated, type Read } from '../../domain/newest-first.js';
import { Refused } from '../refused.js';
import { Services } from '../services.js';
import { Acts } from './acts.js';

/** The narrowing of the trail; moments are ISO 8601 in UTC, both inclusive. */
export interface TrailFilter {
  readonly actorId?: string | undefined;
  readonly inboxId?: string | undefined;
  readonly type?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
interface Page {
  readonly items: AuditItem[];
  readonly nextCursor: string | null;
}
type Place = string | null | undefined;

const NOTHING: Read<AuditItem> = { rows: [], from: undefined, next: null };
/** Where either list goes on; null: at its end, absent: at its newest. */
const placesSchema = z.object({ log: z.string().nullish(), acts: z.string().nullish() });

/** Who did what: to conversations, which the inbox service knows, and besides, which is known here. */
@Injectable()
export class ListTrail {
  constructor(
    private readonly services: Services,
    private readonly acts: Acts,
  ) {}

  async execute(
    viewer: Viewer,
    filter: TrailFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page> {
    const places = cursor === undefined ? startOf(filter) : placesOf(cursor);
    const [log, acts] = await Promise.all([
      this.log(viewer, filter, places.log, limit),
      this.done(viewer, filter, places.acts, limit),
    ]);
    const { rows, next } = newestFirst(log, acts, limit);
    return { items: [...rows], nextCursor: next.every((place) => place === null) ? null : cursorOf(next) };
  }

  private async log(
    viewer: Viewer,
    filter: TrailFilter,
    place: Place,
    limit: number,
  ): Promise<Read<AuditItem>> {
    if (place === null) return NOTHING;
    let cursor = place;
    for (;;) {
      const request = { ...viewer, ...filter, limit, ...(cursor === undefined ? {} : { cursor }) };
      const { items, positions, nextCursor } = await this.services.query(ListAudit, request);
      const rows = items.map((row, i): Dated<AuditItem> => {
        // An inbox service of before knows no positions: then all of its page stays together.
        return { row, at: row.at, position: positions?.[i] ?? nextCursor ?? '' };
      });
      // A page of entries that tell nothing has rows behind it all the same.
      if (rows.length > 0 || nextCursor === null) return { rows, from: cursor, next: nextCursor };
      cursor = nextCursor;
    }
  }

  private async done(
    { tenantId }: Viewer,
    { type, inboxId: _none, ...filter }: TrailFilter,
    place: Place,
    limit: number,
  ): Promise<Read<AuditItem>> {
    if (place === null) return NOTHING;
    const { data } = actTypeSchema.optional().safeParse(type);
    const { items, nextCursor } = await this.acts.list({
      tenantId,
      ...filter,
      type: data,
      cursor: place,
      limit,
    });
    const rows = items.map(({ act, position }) => ({ row: itemOf(act), at: act.at, position }));
    return { rows, from: place, next: nextCursor };
  }
}

/** An act is in no inbox; and a kind is a kind of one of the two lists. */
function startOf({ inboxId, type }: TrailFilter): z.infer<typeof placesSchema> {
  const isAct = actTypeSchema.safeParse(type).success;
  if (isAct) return inboxId === undefined ? { log: null } : { log: null, acts: null };
  return type === undefined && inboxId === undefined ? {} : { acts: null };
}

function itemOf({ id, at, actor, type, target, outcome, endedAt, code, rows, given }: EndedAct): AuditItem {
  const data: ActData = {
    target,
    outcome,
    endedAt,
    ...(code === undefined ? {} : { code }),
    ...(rows === undefined ? {} : { rows }),
    given: { ...given },
  };
  return { id, at, actor, inboxId: null, conversationId: null, type, data };
}

const cursorOf = ([log, acts]: readonly [Place, Place]): string =>
  Buffer.from(JSON.stringify({ log, acts })).toString('base64url');

function placesOf(cursor: string): z.infer<typeof placesSchema> {
  try {
    return placesSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Refused('VALIDATION', 'This cursor is none of ours. Ask for the first page again.', {
      issues: [{ path: 'cursor', message: 'none of ours' }],
    });
  }
}
