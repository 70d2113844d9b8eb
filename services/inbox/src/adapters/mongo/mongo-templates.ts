import { Injectable } from '@nestjs/common';
import type { Template } from '@partyline/contracts';
import { Templates } from '../../application/templates.js';
import type { TemplateDocument } from './documents.js';
import { InboxDatabase } from './inbox-database.js';

@Injectable()
export class MongoTemplates extends Templates {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async of(tenantId: string): Promise<Template[]> {
    const found = await this.database.templates.find({ tenantId }).toArray();
    return found.map(templateOf);
  }

  override async find(tenantId: string, id: string): Promise<Template | null> {
    const found = await this.database.templates.findOne({ tenantId, templateId: id });
    return found && templateOf(found);
  }

  override async add(tenantId: string, { id: templateId, ...template }: Template): Promise<boolean> {
    const { upsertedCount } = await this.database.templates.updateOne(
      { tenantId, templateId },
      { $setOnInsert: template },
      { upsert: true },
    );
    return upsertedCount === 1;
  }

  override async replace(tenantId: string, { id: templateId, ...template }: Template): Promise<boolean> {
    const { matchedCount } = await this.database.templates.updateOne(
      { tenantId, templateId, revision: template.revision - 1 },
      { $set: template },
    );
    return matchedCount === 1;
  }

  override async remove(tenantId: string, templateId: string): Promise<boolean> {
    const { deletedCount } = await this.database.templates.deleteOne({ tenantId, templateId });
    return deletedCount === 1;
  }
}

const templateOf = ({ templateId: id, name, text, inboxId, revision }: TemplateDocument): Template => ({
  id,
  name,
  text,
  inboxId,
  revision,
});
