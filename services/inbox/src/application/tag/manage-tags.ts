import { Injectable } from '@nestjs/common';
import type { ChangeTag, CreateTag, ListTags, Refusal, Tag, Viewer } from '@partyline/contracts';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { Sight } from '../queries/sight.js';
import { Tags } from '../tags.js';

/** They are all read for every picker. */
const MOST = 200;

const missing = refused({ code: 'NOT_FOUND', message: 'There is no such tag.' });
const stale = refused({
  code: 'STALE',
  message: 'Somebody else changed this tag meanwhile. Look at what it is now, then change it again.',
});
const nameTaken = ({ name }: Tag) => {
  const message = `There is a tag ${name} already. Choose another name, or use that one.`;
  return refused({ code: 'VALIDATION', message, issues: [{ path: 'name', message }] });
};

/** The tenant's tags: everybody knows them, who manages inboxes keeps them. */
@Injectable()
export class ManageTags {
  constructor(
    private readonly sight: Sight,
    private readonly tags: Tags,
  ) {}

  async list(request: RequestOf<typeof ListTags>): Promise<Answer<Tag[]>> {
    if (!(await this.sight.seer(request))) {
      return refused({ code: 'FORBIDDEN', message: 'Your role does not allow you to view conversations.' });
    }
    const all = await this.tags.of(request.tenantId);
    return answer(all.sort((a, b) => a.name.localeCompare(b.name)));
  }

  async create(request: RequestOf<typeof CreateTag>): Promise<Answer<Tag>> {
    const { tenantId, tagId: id, name, colour } = request;
    const refusal = await this.refusal(request);
    if (refusal) return refused(refusal);
    const there = await this.tags.find(tenantId, id);
    if (there) return repeated(there, request);
    if ((await this.tags.of(tenantId)).length >= MOST) {
      return refused({
        code: 'VALIDATION',
        message: `There are ${MOST} tags, as many as there can be. Rename one that nobody uses.`,
      });
    }
    const tag: Tag = { id, name, colour, retired: false, revision: 1 };
    const saved = await this.tags.add(tenantId, tag);
    if (saved === 'saved') return answer(tag);
    return saved === 'name-taken' ? nameTaken(tag) : repeated(await this.tags.find(tenantId, id), request);
  }

  async change(request: RequestOf<typeof ChangeTag>): Promise<Answer<Tag>> {
    const { tenantId, tagId, name, colour, retired, revision } = request;
    const refusal = await this.refusal(request);
    if (refusal) return refused(refusal);
    const old = await this.tags.find(tenantId, tagId);
    if (!old) return missing;
    if (revision !== undefined && revision !== old.revision) return stale;
    const tag: Tag = {
      id: tagId,
      name: name ?? old.name,
      colour: colour ?? old.colour,
      retired: retired ?? old.retired,
      revision: old.revision + 1,
    };
    const saved = await this.tags.replace(tenantId, tag);
    if (saved === 'saved') return answer(tag);
    return saved === 'name-taken' ? nameTaken(tag) : stale;
  }

  private async refusal(viewer: Viewer): Promise<Refusal | null> {
    const seer = await this.sight.seer(viewer);
    if (seer?.viewer.permissions.has('manageInboxes')) return null;
    return {
      code: 'FORBIDDEN',
      message: 'Your role does not allow you to manage inboxes, and tags belong to them.',
    };
  }
}

const repeated = (there: Tag | null, asked: { name: string; colour: string }): Answer<Tag> =>
  there?.name === asked.name && there.colour === asked.colour
    ? answer(there)
    : refused({ code: 'IN_USE', message: 'There is another tag with this id.' });
