import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refused } from '../../../application/refused.js';

/**
 * For what a cookie alone can do. SameSite=Strict keeps other sites out; this keeps out other hosts of the same site,
 * by what every current browser says of its requests (W3C Fetch Metadata). Clients that are no browsers say nothing.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const site = context.switchToHttp().getRequest<FastifyRequest>().headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin' || site === 'none') return true;
    throw new Refused('FORBIDDEN', 'This can only be asked for from Partyline itself.');
  }
}
