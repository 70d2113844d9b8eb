import { Body, Get, HttpCode, Post } from '@nestjs/common';
import {
  carrierSchema,
  ListCarriers,
  mappingTryOutSchema,
  TryMapping,
  tryMappingBody,
  type CarrierDescription,
  type MappingTryOut,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';

@Api('admin/carriers', 'Administration')
@Needs('manageRouting')
export class CarriersController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'All carriers, with what an account with each needs',
    answer: z.array(carrierSchema),
    refusals: ['FORBIDDEN'],
  })
  list(@Caller() me: Principal): Promise<CarrierDescription[]> {
    return this.services.query(ListCarriers, asViewer(me));
  }

  @Post('generic/try-out')
  @HttpCode(200)
  @Endpoint({
    summary: 'What a mapping makes of a webhook',
    description: 'Nothing is kept, and signatures are not checked.',
    answer: mappingTryOutSchema,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  tryOut(
    @Caller() me: Principal,
    @Body({ schema: tryMappingBody }) sample: z.infer<typeof tryMappingBody>,
  ): Promise<MappingTryOut> {
    return this.services.query(TryMapping, { ...asViewer(me), ...sample });
  }
}
