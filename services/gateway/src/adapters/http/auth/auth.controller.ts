import { Body, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { loginAnswerSchema, loginBody, type LoginAnswer } from '@partyline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { User } from '../../../domain/account.js';
import { DescribeMe } from '../../../application/accounts/describe-me.js';
import { OpenSession, type Grant } from '../../../application/sessions/open-session.js';
import { RefreshSession } from '../../../application/sessions/refresh-session.js';
import { SignOut } from '../../../application/sessions/sign-out.js';
import { AccessTokens, DeviceTokens } from '../../../application/sessions/tokens.js';
import { GatewayConfig } from '../../../config.js';
import { PublicApi } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { clearSessionCookies, REFRESH_COOKIE, setDeviceCookie, setSessionCookies } from './cookies.js';
import { LocalGuard } from './local.guard.js';
import { withExample } from '../openapi/schema-registry.js';
import { RateBudget, RateGuard } from './rate.guard.js';
import { SameOriginGuard } from './same-origin.guard.js';

const optionsSchema = withExample(z.object({ demo: z.boolean() }), { demo: false });

@PublicApi('auth', 'Signing in')
@UseGuards(SameOriginGuard, RateGuard)
@RateBudget('anonymous')
export class AuthController {
  constructor(
    private readonly openSession: OpenSession,
    private readonly refreshSession: RefreshSession,
    private readonly signOut: SignOut,
    private readonly describeMe: DescribeMe,
    private readonly accessTokens: AccessTokens,
    private readonly devices: DeviceTokens,
    private readonly config: GatewayConfig,
  ) {}

  @Get('options')
  @Endpoint({ summary: 'What a sign-in screen has to know', answer: optionsSchema })
  options(): z.infer<typeof optionsSchema> {
    return { demo: this.config.demo };
  }

  @Post('login')
  @HttpCode(200)
  @UseGuards(LocalGuard)
  @Endpoint({
    summary: 'Sign in',
    description: 'Answers an access token for 10 minutes and sets the refresh cookie for 30 days.',
    answer: loginAnswerSchema,
    refusals: ['VALIDATION', 'UNAUTHENTICATED'],
  })
  async login(
    @Req() request: FastifyRequest & { user: User },
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: loginBody }) body: z.infer<typeof loginBody>,
  ): Promise<LoginAnswer> {
    const { tenantId, id: userId } = request.user;
    const grant = await this.openSession.execute({ tenantId, userId });
    setDeviceCookie(reply, this.devices.issue(body.email), this.config.https);
    return await this.grant(reply, grant);
  }

  @Post('refresh')
  @HttpCode(200)
  @Endpoint({
    summary: 'A new access token for the refresh cookie',
    description:
      'Rotates the cookie. An old one that comes back more than 30 seconds after its rotation ends the session.',
    answer: loginAnswerSchema,
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN'],
  })
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    return await this.grant(reply, await this.refreshSession.execute(request.cookies[REFRESH_COOKIE]));
  }

  @Post('logout')
  @HttpCode(204)
  @Endpoint({ summary: 'End this session', status: 204, refusals: ['FORBIDDEN'] })
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signOut.execute(request.cookies[REFRESH_COOKIE]);
    clearSessionCookies(reply, this.config.https);
  }

  private async grant(reply: FastifyReply, grant: Grant): Promise<LoginAnswer> {
    const me = await this.describeMe.execute(grant);
    const expiresIn = this.accessTokens.lifetime;
    setSessionCookies(reply, grant, { secure: this.config.https, accessSeconds: expiresIn });
    void reply.header('cache-control', 'no-store');
    return { accessToken: grant.accessToken, expiresIn, me };
  }
}
