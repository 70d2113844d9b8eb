import {
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMachine, type Principal } from '../../../domain/account.js';
import { Refused } from '../../../application/refused.js';
import { Limiters } from '../../redis/limiters.js';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';

type Budget = 'signed-in' | 'api-key' | 'anonymous' | 'export';

const BUDGET = 'partyline:budget';
/** Seconds. */
const WINDOW = 60;
/** Requests in a window. Wrong passwords have their own, stricter count. */
const POINTS: Readonly<Record<Budget, number>> = {
  'signed-in': 3_000,
  'api-key': 1_200,
  anonymous: 300,
  export: 20,
};

/** By which count a controller's requests are limited; `signed-in` unless said. */
export const RateBudget = (budget: Budget): CustomDecorator => SetMetadata(BUDGET, budget);

/**
 * Per signed-in user or API key where there is one, so that an office behind one address is not taken for one client, and per
 * address otherwise. (Not @nestjs/throttler: it is CommonJS, which Jest cannot load beside an ESM Nest on Node 20, and
 * its Redis storages stop at Nest 11; the counting is the same library either way.)
 */
@Injectable()
export class RateGuard implements CanActivate {
  private readonly limiters: Readonly<Record<Budget, RateLimiterAbstract>>;

  constructor(
    limiters: Limiters,
    private readonly reflector: Reflector,
  ) {
    const make = (budget: Budget): RateLimiterAbstract =>
      limiters.make({ name: `requests-${budget}`, points: POINTS[budget], duration: WINDOW });
    this.limiters = {
      'signed-in': make('signed-in'),
      'api-key': make('api-key'),
      anonymous: make('anonymous'),
      export: make('export'),
    };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { user, ip } = http.getRequest<FastifyRequest & { user?: Principal }>();
    const asked =
      this.reflector.getAllAndOverride<Budget | undefined>(BUDGET, [
        context.getHandler(),
        context.getClass(),
      ]) ?? 'signed-in';
    const budget = asked === 'signed-in' && user && isMachine(user) ? 'api-key' : asked;
    const who = user === undefined ? addressGroup(ip) : `${user.tenantId}/${user.userId}`;
    const counted = await this.limiters[budget].penalty(who, 1);
    const seconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
    const left = POINTS[budget] - counted.consumedPoints;
    void http
      .getResponse<FastifyReply>()
      .header('ratelimit-limit', POINTS[budget])
      .header('ratelimit-remaining', Math.max(0, left))
      .header('ratelimit-reset', seconds);
    if (left >= 0) return true;
    throw new Refused('RATE_LIMITED', 'Too many requests in a short time. Try again later.', {
      retryAfter: seconds,
    });
  }
}

/** An IPv6 customer has a whole /64 of addresses, so that is what counts as one. */
export function addressGroup(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = ip.includes('::') ? Array.from({ length: 8 - front.length - back.length }, () => '0') : [];
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}
