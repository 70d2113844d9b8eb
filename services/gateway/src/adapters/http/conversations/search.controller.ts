import { Get, Query } from '@nestjs/common';
import { conversationViewSchema, Search } from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';

const searchQuery = z.object({
  q: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
const searchAnswer = z.object({
  items: z.array(z.object({ conversation: conversationViewSchema, snippet: z.string().nullable() })),
});
@Api('', 'Finding')
export class SearchController {
  constructor(private readonly services: Services) {}

  @Get('search')
  @Endpoint({
    summary: 'Find conversations by what was written in them',
    answer: searchAnswer,
    refusals: ['VALIDATION'],
  })
  search(
    @Caller() me: Principal,
    @Query({ schema: searchQuery }) query: z.infer<typeof searchQuery>,
  ): Promise<z.infer<typeof searchAnswer>> {
    return this.services.query(Search, { ...asViewer(me), ...query });
  }
}
