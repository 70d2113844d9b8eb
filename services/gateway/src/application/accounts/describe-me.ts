import { Injectable } from '@nestjs/common';
import { mayOf, type Me } from '@partyline/contracts';
import type { Principal } from '../../domain/account.js';
import { Refused } from '../refused.js';
import { Accounts } from './accounts.js';

/** What the client has to know about the installation to greet somebody. */
export abstract class Installation {
  /** For PushManager.subscribe; null where Web Push is not configured. */
  abstract readonly vapidPublicKey: string | null;
  abstract readonly demo: boolean;
}

/** The caller, as the client needs to know them. */
@Injectable()
export class DescribeMe {
  constructor(
    private readonly accounts: Accounts,
    private readonly installation: Installation,
  ) {}

  async execute(who: Pick<Principal, 'tenantId' | 'userId'>): Promise<Me> {
    const [tenant, found] = await Promise.all([
      this.accounts.tenant(who.tenantId),
      this.accounts.user(who.tenantId, who.userId),
    ]);
    const role = found && (await this.accounts.role(who.tenantId, found.user.roleId));
    if (!tenant || !found || !role) throw new Refused('UNAUTHENTICATED', 'This account is no longer there.');
    const { user } = found;
    return {
      id: user.id,
      tenant: { id: tenant.id, name: tenant.name },
      name: user.name,
      email: user.email,
      role: { id: role.id, name: role.name },
      permissions: [...role.permissions],
      may: mayOf(role),
      availability: user.availability,
      vapidPublicKey: this.installation.vapidPublicKey,
      demo: this.installation.demo,
    };
  }
}
