import type { Principal } from '../../domain/account.js';
import type { Services } from '../services.js';
import { LiveViewer } from './live-viewer.js';

/** Everybody who listens on this process, by tenant and user. */
export class Audience {
  private readonly viewers = new Map<string, Map<string, LiveViewer>>();

  constructor(private readonly services: Services) {}

  has(tenantId: string): boolean {
    return this.viewers.has(tenantId);
  }

  tenants(): string[] {
    return [...this.viewers.keys()];
  }

  of(tenantId: string): LiveViewer[] {
    return [...(this.viewers.get(tenantId)?.values() ?? [])];
  }

  find(tenantId: string, userId: string): LiveViewer | undefined {
    return this.viewers.get(tenantId)?.get(userId);
  }

  all(): LiveViewer[] {
    return this.tenants().flatMap((tenantId) => this.of(tenantId));
  }

  /** The viewer that this person is, with all of their windows. */
  join(who: Principal): LiveViewer {
    const ofTenant = this.viewers.get(who.tenantId) ?? new Map<string, LiveViewer>();
    const viewer = ofTenant.get(who.userId) ?? new LiveViewer(who, this.services);
    this.viewers.set(who.tenantId, ofTenant.set(who.userId, viewer));
    return viewer;
  }

  /** Forgets a viewer with no window left, nor one that is just being opened. */
  leave(viewer: LiveViewer): void {
    if (viewer.streams.size > 0 || viewer.arriving > 0) return;
    viewer.leave();
    const ofTenant = this.viewers.get(viewer.tenantId);
    if (ofTenant?.get(viewer.userId) === viewer) ofTenant.delete(viewer.userId);
    if (ofTenant?.size === 0) this.viewers.delete(viewer.tenantId);
  }
}
