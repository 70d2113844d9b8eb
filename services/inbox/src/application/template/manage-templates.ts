import { Injectable } from '@nestjs/common';
import {
  flawOfTemplate,
  type ChangeTemplate,
  type CreateTemplate,
  type ListTemplates,
  type Refusal,
  type RemoveTemplate,
  type Template,
  type Viewer,
} from '@partyline/contracts';
import type { Directory } from '../../domain/directory.js';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { DirectoryStore } from '../directory-store.js';
import { Templates } from '../templates.js';

/** They are all read for every menu. */
const MOST = 300;

const missing = refused({ code: 'NOT_FOUND', message: 'There is no such template.' });
const stale = refused({
  code: 'STALE',
  message: 'Somebody else changed this template meanwhile. Look at what it says now, then change it again.',
});

/** The tenant's templates, kept by who manages inboxes. */
@Injectable()
export class ManageTemplates {
  constructor(
    private readonly directories: DirectoryStore,
    private readonly templates: Templates,
  ) {}

  async list(request: RequestOf<typeof ListTemplates>): Promise<Answer<Template[]>> {
    const { refusal } = await this.desk(request);
    if (refusal) return refused(refusal);
    const all = await this.templates.of(request.tenantId);
    return answer(all.sort((a, b) => a.name.localeCompare(b.name)));
  }

  async create(request: RequestOf<typeof CreateTemplate>): Promise<Answer<Template>> {
    const { tenantId, templateId: id, name, text, inboxId } = request;
    const { refusal, directory } = await this.desk(request);
    if (refusal) return refused(refusal);
    const template: Template = { id, name, text, inboxId, revision: 1 };
    const flaw = flawOf(template, directory);
    if (flaw) return refused(flaw);
    if ((await this.templates.of(tenantId)).length >= MOST) {
      return refused({
        code: 'VALIDATION',
        message: `There are ${MOST} templates, as many as there can be. Remove one that nobody uses.`,
      });
    }
    if (await this.templates.add(tenantId, template)) return answer(template);
    const there = await this.templates.find(tenantId, id);
    return there?.name === name && there.text === text && there.inboxId === inboxId
      ? answer(there)
      : refused({ code: 'IN_USE', message: 'There is another template with this id.' });
  }

  async change(request: RequestOf<typeof ChangeTemplate>): Promise<Answer<Template>> {
    const { tenantId, templateId, name, text, inboxId, revision } = request;
    const { refusal, directory } = await this.desk(request);
    if (refusal) return refused(refusal);
    const old = await this.templates.find(tenantId, templateId);
    if (!old) return missing;
    if (revision !== undefined && revision !== old.revision) return stale;
    const template: Template = {
      id: templateId,
      name: name ?? old.name,
      text: text ?? old.text,
      inboxId: inboxId === undefined ? old.inboxId : inboxId,
      revision: old.revision + 1,
    };
    const flaw = flawOf(template, directory);
    if (flaw) return refused(flaw);
    return (await this.templates.replace(tenantId, template)) ? answer(template) : stale;
  }

  async remove(request: RequestOf<typeof RemoveTemplate>): Promise<Answer<{ removed: boolean }>> {
    const { refusal } = await this.desk(request);
    if (refusal) return refused(refusal);
    const removed = await this.templates.remove(request.tenantId, request.templateId);
    return removed ? answer({ removed }) : missing;
  }

  private async desk({
    tenantId,
    userId,
  }: Viewer): Promise<{ refusal: Refusal | null; directory: Directory }> {
    const directory = await this.directories.of(tenantId);
    const viewer = directory.people.get(userId);
    const may = viewer?.active === true && viewer.permissions.has('manageInboxes');
    const message = 'Your role does not allow you to manage inboxes, and templates belong to them.';
    return { refusal: may ? null : { code: 'FORBIDDEN', message }, directory };
  }
}

function flawOf({ text, inboxId }: Template, directory: Directory): Refusal | null {
  const flaw = flawOfTemplate(text);
  if (flaw !== null) {
    return { code: 'VALIDATION', message: flaw, issues: [{ path: 'text', message: flaw }] };
  }
  if (inboxId === null || directory.inboxes.has(inboxId)) return null;
  const message = `There is no inbox ${inboxId}.`;
  return { code: 'VALIDATION', message, issues: [{ path: 'inboxId', message }] };
}
