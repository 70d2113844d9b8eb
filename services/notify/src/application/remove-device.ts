import { Injectable } from '@nestjs/common';
import { DeviceStore } from './device-store.js';

/** Only one's own; false where there is none. */
@Injectable()
export class RemoveUserDevice {
  constructor(private readonly devices: DeviceStore) {}

  execute(tenantId: string, userId: string, endpoint: string): Promise<boolean> {
    return this.devices.remove(tenantId, userId, endpoint);
  }
}
