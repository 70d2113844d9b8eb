import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import type { User } from '../../../domain/account.js';
import { CheckPassword } from '../../../application/sessions/check-password.js';
import { DEVICE_COOKIE } from './cookies.js';

@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(private readonly checkPassword: CheckPassword) {
    super({ usernameField: 'email', passwordField: 'password', passReqToCallback: true });
  }

  validate(request: FastifyRequest, email: string, password: string): Promise<User> {
    const deviceToken = request.cookies[DEVICE_COOKIE];
    return this.checkPassword.execute({ email, password, ip: request.ip, deviceToken });
  }
}
