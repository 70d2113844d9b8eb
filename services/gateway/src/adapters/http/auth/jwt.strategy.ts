import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Principals } from '../../../application/sessions/principals.js';
import { GatewayConfig } from '../../../config.js';
import { JWT_ALGORITHM, JWT_AUDIENCE, JWT_ISSUER } from '../../crypto/jwt.access-tokens.js';
import { ACCESS_COOKIE } from './cookies.js';

const claimsSchema = z.object({ tenantId: z.string(), sub: z.string(), sid: z.string() });
const bearer = ExtractJwt.fromAuthHeaderAsBearerToken();

type Extracted = Parameters<typeof bearer>[0];

/**
 * The Bearer header, for everything. The cookie, which a browser sends by itself, only for reading: EventSource and
 * images cannot send headers, and a foreign page that makes a browser read gets to see nothing.
 */
function tokenOf(request: Extracted): string | null {
  const fromHeader = bearer(request);
  if (fromHeader !== null) return fromHeader;
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const { cookies } = request as unknown as FastifyRequest;
  return cookies[ACCESS_COOKIE] ?? null;
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(
    config: GatewayConfig,
    private readonly principals: Principals,
  ) {
    super({
      jwtFromRequest: tokenOf,
      secretOrKey: config.jwtSecret,
      algorithms: [JWT_ALGORITHM],
      issuer: JWT_ISSUER,
      audience: JWT_AUDIENCE,
    });
  }

  /** The signature was right; whether the session still holds is asked now. */
  async validate(payload: unknown): Promise<Principal | null> {
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) return null;
    const { tenantId, sub: userId, sid: sessionId } = claims.data;
    return await this.principals.find({ tenantId, userId, sessionId });
  }
}
