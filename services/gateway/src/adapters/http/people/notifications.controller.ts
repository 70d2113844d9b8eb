import { Body, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import {
  GetPreferences,
  ListNotifications,
  notificationSchema,
  preferencesSchema,
  pushSubscriptionSchema,
  RegisterDevice,
  RemoveDevice,
  SetPreferences,
  type Notification,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { withExample } from '../openapi/schema-registry.js';
import { asViewer, Caller } from '../request.js';

const notificationsQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) });
const deviceAnswer = withExample(z.object({ id: z.string() }), { id: 'dv_1f0e9d8c' });
const removeDeviceBody = z.object({ endpoint: z.string().min(1).max(2048) });
const removedAnswer = withExample(z.object({ removed: z.boolean() }), { removed: true });
type Preferences = z.infer<typeof preferencesSchema>;

/** What I am told, and where. */
@Api('me', 'Me')
export class NotificationsController {
  constructor(private readonly services: Services) {}

  @Get('notifications')
  @Endpoint({ summary: 'What I was told of late, newest first', answer: z.array(notificationSchema) })
  notifications(
    @Caller() me: Principal,
    @Query({ schema: notificationsQuery }) { limit }: z.infer<typeof notificationsQuery>,
  ): Promise<Notification[]> {
    return this.services.query(ListNotifications, { ...asViewer(me), limit });
  }

  @Post('devices')
  @HttpCode(201)
  @Endpoint({
    summary: 'Send my notifications to this browser',
    description: 'The body is what PushSubscription.toJSON() gives.',
    answer: deviceAnswer,
    status: 201,
    refusals: ['VALIDATION'],
  })
  addDevice(
    @Caller() me: Principal,
    @Body({ schema: pushSubscriptionSchema }) subscription: z.infer<typeof pushSubscriptionSchema>,
  ): Promise<z.infer<typeof deviceAnswer>> {
    return this.services.command(RegisterDevice, { ...asViewer(me), subscription });
  }

  @Delete('devices')
  @Endpoint({
    summary: 'Send none to this browser any more',
    answer: removedAnswer,
    refusals: ['VALIDATION'],
  })
  removeDevice(
    @Caller() me: Principal,
    @Body({ schema: removeDeviceBody }) { endpoint }: z.infer<typeof removeDeviceBody>,
  ): Promise<z.infer<typeof removedAnswer>> {
    return this.services.command(RemoveDevice, { ...asViewer(me), endpoint });
  }

  @Get('preferences')
  @Endpoint({ summary: 'What I want to be told of', answer: preferencesSchema })
  preferences(@Caller() me: Principal): Promise<Preferences> {
    return this.services.query(GetPreferences, asViewer(me));
  }

  @Put('preferences')
  @Endpoint({ summary: 'Change it', answer: preferencesSchema, refusals: ['VALIDATION'] })
  setPreferences(
    @Caller() me: Principal,
    @Body({ schema: preferencesSchema }) preferences: Preferences,
  ): Promise<Preferences> {
    return this.services.command(SetPreferences, { ...asViewer(me), preferences });
  }
}
