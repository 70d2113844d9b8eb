import { Body, Get, HttpCode, Ip, Patch, Post } from '@nestjs/common';
import { changeMeBody, meSchema, passwordBody, type Me } from '@partyline/contracts';
import type { z } from 'zod';
import { isMachine, type Principal } from '../../../domain/account.js';
import { ChangeMyself } from '../../../application/accounts/change-myself.js';
import { DescribeMe } from '../../../application/accounts/describe-me.js';
import { Refused } from '../../../application/refused.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { Caller } from '../request.js';

@Api('me', 'Me')
export class MeController {
  constructor(
    private readonly describeMe: DescribeMe,
    private readonly changeMyself: ChangeMyself,
  ) {}

  @Get()
  @Endpoint({ summary: 'Who I am and what I may do', answer: meSchema })
  me(@Caller() me: Principal): Promise<Me> {
    return this.describeMe.execute(me);
  }

  @Patch()
  @Endpoint({
    summary: 'Change my availability',
    description:
      'Who is away or out of office is assigned nothing automatically and gets no pushes. With `awayUntil` they are ' +
      'available again by themselves then.',
    answer: meSchema,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  async change(
    @Caller() me: Principal,
    @Body({ schema: changeMeBody }) body: z.infer<typeof changeMeBody>,
  ): Promise<Me> {
    requirePerson(me);
    await this.changeMyself.availability(me, body);
    return await this.describeMe.execute(me);
  }

  @Post('password')
  @HttpCode(204)
  @Endpoint({
    summary: 'Change my password',
    description: 'Ends all of my other sessions.',
    status: 204,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  async changePassword(
    @Caller() me: Principal,
    @Body({ schema: passwordBody }) body: z.infer<typeof passwordBody>,
    @Ip() ip: string,
  ): Promise<void> {
    requirePerson(me);
    await this.changeMyself.password(me, body.current, body.next, ip);
  }
}

function requirePerson(me: Principal): void {
  if (isMachine(me)) throw new Refused('FORBIDDEN', 'An API key has no availability and no password.');
}
