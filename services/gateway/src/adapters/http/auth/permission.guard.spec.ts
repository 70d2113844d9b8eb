import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PERMISSIONS, READY_ROLES, type Permission } from '@partyline/contracts';
import { Needs } from './permission.js';
import { PermissionGuard } from './permission.guard.js';

const guard = new PermissionGuard(new Reflector());

function asked(permissions: readonly Permission[], needed?: Permission): () => boolean {
  class Controller {
    handler(): void {}
  }
  if (needed) Needs(needed)(Controller);
  const context = {
    getHandler: () => Controller.prototype.handler,
    getClass: () => Controller,
    switchToHttp: () => ({ getRequest: () => ({ user: { permissions } }) }),
  } as unknown as ExecutionContext;
  return () => guard.canActivate(context);
}

describe('what a role may ask of the gateway', () => {
  it.each(PERMISSIONS)('Admin: %s', (needed) => {
    expect(asked(READY_ROLES.admin.permissions, needed)()).toBe(true);
  });

  it.each(['manageInboxes', 'manageRouting', 'manageUsers', 'viewAudit'] as const)(
    'neither Member nor Observer: %s',
    (needed) => {
      for (const role of [READY_ROLES.member, READY_ROLES.observer]) {
        expect(asked(role.permissions, needed)).toThrow(needed);
      }
    },
  );

  it('lets everybody through where nothing is asked for', () => {
    expect(asked([])()).toBe(true);
  });
});
