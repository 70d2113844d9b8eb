import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ExplainRoute } from '@partyline/contracts';
import type { z } from 'zod';
import { ExplainTextRoute } from '../../application/explain-route.js';

@Controller()
export class ExplainRouteController {
  constructor(private readonly explainRoute: ExplainTextRoute) {}

  @Answers(ExplainRoute)
  async explain(request: z.infer<typeof ExplainRoute.request>): Promise<z.infer<typeof ExplainRoute.answer>> {
    return { ok: true, value: await this.explainRoute.execute(request) };
  }
}
