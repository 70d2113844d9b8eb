import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  GetPreferences,
  ListNotifications,
  RegisterDevice,
  RemoveDevice,
  SetPreferences,
} from '@partyline/contracts';
import type { z } from 'zod';
import { FindPreferences } from '../../application/get-preferences.js';
import { ListUserNotifications } from '../../application/list-notifications.js';
import { RegisterUserDevice } from '../../application/register-device.js';
import { RemoveUserDevice } from '../../application/remove-device.js';
import { ReplacePreferences } from '../../application/set-preferences.js';

type Request<C extends { readonly request: z.ZodType }> = z.infer<C['request']>;
type Answer<C extends { readonly answer: z.ZodType }> = Promise<z.infer<C['answer']>>;

/** What people do with their own notifications, devices and preferences. */
@Controller()
export class NotifyController {
  constructor(
    private readonly registerDevice: RegisterUserDevice,
    private readonly removeDevice: RemoveUserDevice,
    private readonly listNotifications: ListUserNotifications,
    private readonly findPreferences: FindPreferences,
    private readonly replacePreferences: ReplacePreferences,
  ) {}

  @Answers(RegisterDevice)
  register({
    tenantId,
    userId,
    subscription,
  }: Request<typeof RegisterDevice>): Answer<typeof RegisterDevice> {
    return this.registerDevice.execute(tenantId, userId, subscription);
  }

  @Answers(RemoveDevice)
  async remove({ tenantId, userId, endpoint }: Request<typeof RemoveDevice>): Answer<typeof RemoveDevice> {
    return { ok: true, value: { removed: await this.removeDevice.execute(tenantId, userId, endpoint) } };
  }

  @Answers(ListNotifications)
  async list({
    tenantId,
    userId,
    limit,
  }: Request<typeof ListNotifications>): Answer<typeof ListNotifications> {
    return { ok: true, value: await this.listNotifications.execute(tenantId, userId, limit) };
  }

  @Answers(GetPreferences)
  async preferences({ tenantId, userId }: Request<typeof GetPreferences>): Answer<typeof GetPreferences> {
    return { ok: true, value: await this.findPreferences.execute(tenantId, userId) };
  }

  @Answers(SetPreferences)
  setPreferences(request: Request<typeof SetPreferences>): Answer<typeof SetPreferences> {
    return this.replacePreferences.execute(request.tenantId, request.userId, request.preferences);
  }
}
