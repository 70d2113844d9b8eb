import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { loginBody } from '@partyline/contracts';
import type { FastifyRequest } from 'fastify';
import { Refused } from '../../../application/refused.js';
import { refusedOf } from '../validation.pipe.js';

/** Email and password. Guards run before pipes, so the body is checked here. */
@Injectable()
export class LocalGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const body = loginBody.safeParse(request.body);
    if (!body.success) throw refusedOf(body.error.issues);
    request.body = body.data;
    return (await super.canActivate(context)) === true;
  }

  override handleRequest<P>(error: Error | null, user: P | false | null | undefined): P {
    if (error) throw error;
    if (user) return user;
    throw new Refused('UNAUTHENTICATED', 'Email or password is not right.');
  }
}
