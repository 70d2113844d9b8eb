import type { Device } from './device-store.js';

/** One notification for one device. */
export interface PushJob {
  readonly tenantId: string;
  readonly notificationId: string;
  readonly deviceId: string;
}

/** What a service worker shows; the newest with the same tag replaces the others. */
export interface PushPayload {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly tag: string;
}

/** `gone`: the device will never take one again. `refused`: this one cannot be sent, now or later. */
export type PushOutcome = 'sent' | 'gone' | 'refused';

export abstract class PushSender {
  /** Why an endpoint cannot be one of a push service; null: it may be. */
  abstract refuses(endpoint: string): string | null;
  /** Rejects where trying again later may help. */
  abstract send(device: Device, payload: PushPayload): Promise<PushOutcome>;
}

/** Sends pushes later, again and again with growing pauses where that helps. */
export abstract class PushQueue {
  /** False where it cannot take them now: the caller then tries each once itself. Never rejects. */
  abstract add(jobs: readonly PushJob[]): Promise<boolean>;
}
