import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Principal } from '../../../domain/account.js';
import { AuthenticateKey } from '../../../application/api-keys/authenticate-key.js';
import { Refused } from '../../../application/refused.js';
import type { AuthenticatedRequest } from '../request.js';

const API_KEY = /^Bearer (plk_\S+)$/i;

/** Lets only signed-in people and machines with a good key through. */
@Injectable()
export class SessionGuard extends AuthGuard('session') {
  constructor(private readonly authenticateKey: AuthenticateKey) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ user?: Principal } & AuthenticatedRequest>();
    const key = API_KEY.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) return (await super.canActivate(context)) === true;
    const machine = await this.authenticateKey.execute(key);
    if (!machine) {
      throw new Refused('UNAUTHENTICATED', 'This API key is not one of ours, was revoked, or has expired.');
    }
    Object.assign(request, { user: machine });
    return true;
  }

  override handleRequest<P>(error: Error | null, user: P | false | null | undefined): P {
    if (error) throw error;
    if (user) return user;
    throw new Refused(
      'UNAUTHENTICATED',
      'Sign in first: the access token is missing, expired or no longer good.',
    );
  }
}
