import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Permission } from '@partyline/contracts';
import { Refused } from '../../../application/refused.js';
import type { AuthenticatedRequest } from '../request.js';
import { NEEDS } from './permission.js';

/** What the gateway itself allows by role. Conversations and inboxes are the inbox service's to allow. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const needed = this.reflector.getAllAndOverride<Permission[] | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === undefined) return true;
    const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const missing = needed.find((permission) => !user.permissions.includes(permission));
    if (missing === undefined) return true;
    throw new Refused('FORBIDDEN', `Your role does not allow this (it needs the permission ${missing}).`);
  }
}
