import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AccessTokens, type AccessClaims } from '../../application/sessions/tokens.js';

/** Pinned on both sides: a token that says otherwise, or says "none", is no token. */
export const JWT_ALGORITHM = 'HS256';
export const JWT_ISSUER = 'partyline-gateway';
export const JWT_AUDIENCE = 'partyline';
const ACCESS_SECONDS = 600;

@Injectable()
export class JwtAccessTokens extends AccessTokens {
  override readonly lifetime = ACCESS_SECONDS;

  constructor(private readonly jwt: JwtService) {
    super();
  }

  override issue({ tenantId, userId, sessionId }: AccessClaims): Promise<string> {
    return this.jwt.signAsync(
      { tenantId, sid: sessionId },
      {
        algorithm: JWT_ALGORITHM,
        issuer: JWT_ISSUER,
        audience: JWT_AUDIENCE,
        subject: userId,
        expiresIn: ACCESS_SECONDS,
      },
    );
  }
}
