import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Refused } from '../../../application/refused.js';

/** Lets only signed-in callers through. */
@Injectable()
export class SessionGuard extends AuthGuard('session') {
  override handleRequest<P>(error: Error | null, user: P | false | null | undefined): P {
    if (error) throw error;
    if (user) return user;
    throw new Refused(
      'UNAUTHENTICATED',
      'Sign in first: the access token is missing, expired or no longer good.',
    );
  }
}
