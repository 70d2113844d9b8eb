import { Injectable } from '@nestjs/common';
import type { Tag } from '@partyline/contracts';
import { isDuplicateKey } from '@partyline/mongo';
import { Tags, type TagSaved } from '../../application/tags.js';
import type { TagDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';
import { ONE_TAG_PER_NAME } from './indexes.js';

@Injectable()
export class MongoTags extends Tags {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async of(tenantId: string): Promise<Tag[]> {
    const found = await this.database.tags.find({ tenantId }).toArray();
    return found.map(tagOf);
  }

  override async find(tenantId: string, id: string): Promise<Tag | null> {
    const found = await this.database.tags.findOne({ tenantId, tagId: id });
    return found && tagOf(found);
  }

  override add(tenantId: string, { id: tagId, ...tag }: Tag): Promise<TagSaved> {
    return unlessNameTaken(async () => {
      const { upsertedCount } = await this.database.tags.updateOne(
        { tenantId, tagId },
        { $setOnInsert: { ...tag, taken: compared(tag.name) } },
        { upsert: true },
      );
      return upsertedCount === 1;
    });
  }

  override replace(tenantId: string, { id: tagId, ...tag }: Tag): Promise<TagSaved> {
    return unlessNameTaken(async () => {
      const { matchedCount } = await this.database.tags.updateOne(
        { tenantId, tagId, revision: tag.revision - 1 },
        tag.retired ? { $set: tag, $unset: { taken: '' } } : { $set: { ...tag, taken: compared(tag.name) } },
      );
      return matchedCount === 1;
    });
  }
}

const compared = (name: string): string => name.normalize('NFKC').toLowerCase();

async function unlessNameTaken(save: () => Promise<boolean>): Promise<TagSaved> {
  try {
    return (await save()) ? 'saved' : 'stale';
  } catch (error) {
    if (isDuplicateKey(error, ONE_TAG_PER_NAME)) return 'name-taken';
    throw error;
  }
}

const tagOf = ({ tagId: id, name, colour, retired, revision }: TagDocument): Tag => ({
  id,
  name,
  colour,
  retired,
  revision,
});
