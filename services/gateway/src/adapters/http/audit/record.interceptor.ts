import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { finished } from 'node:stream';
import { catchError, mergeMap, type Observable } from 'rxjs';
import { endOf, RecordAct, type Begun } from '../../../application/audit/record-act.js';
import { given } from '../../../domain/act.js';
import type { AuthenticatedRequest } from '../request.js';
import { CountedFile } from './counted-file.js';
import { RECORDS, type Records } from './records.js';

/** Nothing that an endpoint records is done before it is written down that somebody sets out to do it. */
@Injectable()
export class RecordInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly recordAct: RecordAct,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const records = this.reflector.get<Records | undefined>(RECORDS, context.getHandler());
    if (!records) return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const asked = request.method === 'GET' ? request.query : request.body;
    const end = await this.recordAct.begin(request.user, {
      type: records.type,
      target: records.target ?? idOf(request.params),
      given: { ...placeOf(request.params), ...given(asked, records.fields ?? [], records.counted) },
    });
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        if (answer instanceof CountedFile) whenTaken(answer, end);
        else await end({ outcome: 'done', ...targetOf(records, request.params, answer) });
        return answer;
      }),
      catchError(async (thrown: unknown) => {
        await end(endOf(thrown));
        throw thrown;
      }),
    );
  }
}

/** The answer goes on after this; it ends, or breaks off, when the client has taken it. */
function whenTaken(file: CountedFile, end: Begun): void {
  finished(file.getStream(), (error) => {
    void end({ outcome: error ? 'broken_off' : 'done', rows: file.rows() });
  });
}

/** What else its path names, such as which secret of an account. */
function placeOf(params: unknown): Record<string, unknown> {
  const others = Object.keys(params ?? {}).filter((name) => name !== 'id');
  return given(params, others);
}

const idOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? value.id
    : null;

/** What has got its id by being made: the answer itself, or what stands in it beside its secret. */
function targetOf(records: Records, params: unknown, answer: unknown): { target?: string } {
  if (records.target !== undefined || idOf(params) !== null) return {};
  if (typeof answer !== 'object' || answer === null) return {};
  const target = [answer, ...Object.values(answer)].map(idOf).find((id) => id !== null);
  return target === undefined || target === null ? {} : { target };
}
