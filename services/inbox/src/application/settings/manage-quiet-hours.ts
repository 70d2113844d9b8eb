import { Injectable } from '@nestjs/common';
import type { ChangeQuietHours, GetQuietHours, QuietHoursSettings, Viewer } from '@partyline/contracts';
import { answer, refused, type Answer, type RequestOf } from '../answer.js';
import { DirectoryStore } from '../directory-store.js';
import { Sight } from '../queries/sight.js';

const FORBIDDEN = refused({
  code: 'FORBIDDEN',
  message: 'Your role does not allow you to manage inboxes, and quiet hours belong to them.',
});

/** When the company does not want to disturb its customers. */
@Injectable()
export class ManageQuietHours {
  constructor(
    private readonly sight: Sight,
    private readonly directories: DirectoryStore,
  ) {}

  async get(request: RequestOf<typeof GetQuietHours>): Promise<Answer<QuietHoursSettings>> {
    if (!(await this.mayManage(request))) return FORBIDDEN;
    const { quietHours } = await this.directories.of(request.tenantId);
    return answer({ hours: quietHours });
  }

  async change(request: RequestOf<typeof ChangeQuietHours>): Promise<Answer<QuietHoursSettings>> {
    if (!(await this.mayManage(request))) return FORBIDDEN;
    const { tenantId, hours } = request;
    await this.directories.saveQuietHours(tenantId, hours);
    return answer({ hours });
  }

  private async mayManage(viewer: Viewer): Promise<boolean> {
    const seer = await this.sight.seer(viewer);
    return seer?.viewer.permissions.has('manageInboxes') ?? false;
  }
}
