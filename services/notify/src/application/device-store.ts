/** A browser that takes Web Push: the address that its vendor gave it, and the keys to encrypt for it. */
export interface Device {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export abstract class DeviceStore {
  /** A device belongs to who registered it last: people share computers. The oldest go when there are too many. */
  abstract register(device: Device): Promise<void>;
  abstract remove(tenantId: string, userId: string, endpoint: string): Promise<boolean>;
  /** The vendor says that it is gone. */
  abstract drop(tenantId: string, id: string): Promise<void>;
  abstract of(tenantId: string, userIds: readonly string[]): Promise<readonly Device[]>;
  abstract find(tenantId: string, id: string): Promise<Device | null>;
}
