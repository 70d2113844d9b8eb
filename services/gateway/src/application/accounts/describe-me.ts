import { Injectable } from '@nestjs/common';
import { mayOf, type Me } from '@partyline/contracts';
import { isMachine, type Principal } from '../../domain/account.js';
import { ApiKeys } from '../api-keys/api-keys.js';
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
    private readonly keys: ApiKeys,
  ) {}

  async execute(who: Pick<Principal, 'tenantId' | 'userId'> & Partial<Principal>): Promise<Me> {
    if (who.sessionId !== undefined && isMachine({ sessionId: who.sessionId })) {
      return await this.machine(who.tenantId, who.userId);
    }
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
      awayUntil: user.awayUntil,
      vapidPublicKey: this.installation.vapidPublicKey,
      demo: this.installation.demo,
    };
  }

  private async machine(tenantId: string, id: string): Promise<Me> {
    const [tenant, key] = await Promise.all([this.accounts.tenant(tenantId), this.keys.find(tenantId, id)]);
    if (!tenant || !key) throw new Refused('UNAUTHENTICATED', 'This API key is no longer there.');
    const role = { id: 'api-key', name: 'API key', permissions: key.scopes };
    return {
      id,
      tenant: { id: tenant.id, name: tenant.name },
      name: key.name,
      email: '',
      role: { id: role.id, name: role.name },
      permissions: [...key.scopes],
      may: mayOf(role),
      availability: 'out_of_office',
      awayUntil: null,
      vapidPublicKey: null,
      demo: this.installation.demo,
    };
  }
}
