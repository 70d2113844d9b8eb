import { Injectable } from '@nestjs/common';
import type { Refusal } from '@partyline/contracts';
import { derivedId, fail, ok, type Result } from '@partyline/kernel';
import { DeviceStore, type Device } from './device-store.js';
import { PushSender } from './push.js';

export type Subscription = Pick<Device, 'endpoint' | 'keys'>;

/** A browser wants pushes. The endpoint comes from outside and is called by us: it has to be a push service's. */
@Injectable()
export class RegisterUserDevice {
  constructor(
    private readonly devices: DeviceStore,
    private readonly sender: PushSender,
  ) {}

  async execute(
    tenantId: string,
    userId: string,
    { endpoint, keys }: Subscription,
  ): Promise<Result<{ id: string }, Refusal>> {
    const reason = this.sender.refuses(endpoint);
    if (reason !== null) {
      const issues = [{ path: 'subscription.endpoint', message: reason }];
      return fail({ code: 'VALIDATION', message: `subscription.endpoint: ${reason}`, issues });
    }
    const id = derivedId('dv', tenantId, endpoint);
    await this.devices.register({ id, tenantId, userId, endpoint, keys });
    return ok({ id });
  }
}
