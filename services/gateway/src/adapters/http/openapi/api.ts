import { applyDecorators, Controller, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import { RecordInterceptor } from '../audit/record.interceptor.js';
import { PermissionGuard } from '../auth/permission.guard.js';
import { RateGuard } from '../auth/rate.guard.js';
import { SessionGuard } from '../auth/session.guard.js';
import { problemResponse } from './endpoint.js';

const PREFIX = 'api/v1';

/** A controller of the API for signed-in callers. */
export const Api = (path: string, tag: string): ClassDecorator =>
  applyDecorators(
    Controller(`${PREFIX}/${path}`),
    UseGuards(SessionGuard, RateGuard, PermissionGuard),
    UseInterceptors(RecordInterceptor),
    ApiTags(tag),
    problemResponse(401, ['UNAUTHENTICATED']),
    ApiBearerAuth('bearer'),
    ApiCookieAuth('cookie'),
  );

/** A controller of the API that anybody may call. */
export const PublicApi = (path: string, tag: string): ClassDecorator =>
  applyDecorators(Controller(`${PREFIX}/${path}`), ApiTags(tag));
