import { Injectable, Logger } from '@nestjs/common';
import { PERMISSIONS, READY_ROLES } from '@partyline/contracts';
import { failpoint, newId } from '@partyline/kernel';
import type { Role } from '../../domain/account.js';
import { PasswordHasher } from '../sessions/password-hasher.js';
import { Accounts, type AccountsChange } from './accounts.js';
import { DEMO_PASSWORD, DEMO_TENANT, DEMO_USERS } from './demo-tenant.js';

/** Who the first Admin is, where there is no demo. */
export abstract class FirstAdmin {
  abstract readonly demo: boolean;
  abstract readonly tenantName: string;
  abstract readonly email: string | undefined;
  abstract readonly password: string | undefined;
}

/** Fills an empty installation: with the demo tenant, or with one tenant and its first Admin. */
@Injectable()
export class FoundInstallation {
  private readonly log = new Logger(FoundInstallation.name);

  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly first: FirstAdmin,
  ) {}

  async execute(): Promise<void> {
    if (!(await this.accounts.isEmpty())) return;
    if (this.first.demo) await this.seedDemo();
    else await this.createFirstAdmin();
  }

  private async seedDemo(): Promise<void> {
    const passwordHash = await this.hasher.hash(DEMO_PASSWORD);
    await this.accounts.ensureTenant(DEMO_TENANT);
    failpoint('gateway.tenant-made');
    await this.accounts.change(DEMO_TENANT.id, async (change) => {
      await insertReadyRoles(change, DEMO_TENANT.id);
      for (const user of DEMO_USERS) {
        await change.insertUser({
          ...user,
          tenantId: DEMO_TENANT.id,
          active: true,
          availability: 'available',
          awayUntil: null,
          passwordHash,
        });
      }
    });
    this.log.log(`Seeded the demo tenant with ${DEMO_USERS.length} users.`);
  }

  private async createFirstAdmin(): Promise<void> {
    const { email, password, tenantName } = this.first;
    if (email === undefined || password === undefined) {
      this.log.warn(
        'There is no user yet. Set PARTYLINE_ADMIN_EMAIL and PARTYLINE_ADMIN_PASSWORD and start again to create the first Admin.',
      );
      return;
    }
    const tenant = { id: 'main', name: tenantName };
    const passwordHash = await this.hasher.hash(password);
    await this.accounts.ensureTenant(tenant);
    await this.accounts.change(tenant.id, async (change) => {
      await insertReadyRoles(change, tenant.id);
      await change.insertUser({
        tenantId: tenant.id,
        id: newId('us'),
        email: email.trim().toLowerCase(),
        name: 'Admin',
        roleId: 'admin',
        active: true,
        availability: 'available',
        awayUntil: null,
        passwordHash,
      });
    });
    this.log.log(`Created the tenant "${tenantName}" and its first Admin ${email}.`);
  }
}

async function insertReadyRoles(change: AccountsChange, tenantId: string): Promise<void> {
  for (const [id, { name, permissions }] of Object.entries(READY_ROLES)) {
    const role: Role = { tenantId, id, name, permissions: inOrder(permissions), ready: true };
    if ((await change.role(id)) === null) await change.insertRole(role);
  }
}

const inOrder = (permissions: Role['permissions']): Role['permissions'] =>
  PERMISSIONS.filter((permission) => permissions.includes(permission));
