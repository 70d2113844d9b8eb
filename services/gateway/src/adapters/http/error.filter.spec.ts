import { describe, expect, it } from '@jest/globals';
import { HttpException, Logger, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import { mongo } from 'mongoose';
import { Refused } from '../../application/refused.js';
import { ErrorFilter } from './error.filter.js';

Logger.overrideLogger(false);

interface Caught {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

function caught(thrown: unknown): Caught {
  const answer = { status: 0, headers: {} as Record<string, unknown>, body: {} as Record<string, unknown> };
  const reply = {
    sent: false,
    raw: { headersSent: false },
    status: (status: number) => ((answer.status = status), reply),
    header: (name: string, value: unknown) => ((answer.headers[name] = value), reply),
    hasHeader: (name: string) => name in answer.headers,
    send: (text: string) => ((answer.body = JSON.parse(text) as Record<string, unknown>), reply),
  };
  const host = {
    switchToHttp: () => ({ getRequest: () => ({ url: '/api/v1/x?token=1' }), getResponse: () => reply }),
  };
  new ErrorFilter().catch(thrown, host as unknown as ArgumentsHost);
  return answer;
}

const steppedDown = new mongo.MongoServerError({ message: 'not primary', code: 10107 });
steppedDown.addErrorLabel('RetryableWriteError');

describe('what is thrown', () => {
  it.each([
    ['a refusal', new Refused('STALE', 'Why.'), 409, 'STALE'],
    ['a route that is not there', new NotFoundException('Cannot GET /x'), 404, 'NOT_FOUND'],
    ['a framework’s 400', new HttpException('Bad JSON', 400), 400, 'VALIDATION'],
    [
      'a body that is too large',
      Object.assign(new Error('too large'), { statusCode: 413 }),
      413,
      'TOO_LARGE',
    ],
    ['a database without a connection', new mongo.MongoNetworkError('ECONNREFUSED'), 503, 'UNAVAILABLE'],
    ['a primary that steps down', steppedDown, 503, 'UNAVAILABLE'],
    ['a bug', new TypeError('x is not a function'), 500, 'INTERNAL'],
    ['what is no error', 'oops', 500, 'INTERNAL'],
  ])('%s becomes %d', (_label, thrown, status, code) => {
    const answer = caught(thrown);
    expect(answer).toMatchObject({ status, body: { status, code, instance: '/api/v1/x' } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    if (code === 'INTERNAL') expect(JSON.stringify(answer.body)).not.toContain('function');
    if (status === 503) expect(answer.headers['retry-after']).toBe('2');
  });

  it('says when to try again where it is known', () => {
    const limited = new Refused('RATE_LIMITED', 'Wait.', { retryAfter: 77 });
    expect(caught(limited)).toMatchObject({ status: 429, headers: { 'retry-after': '77' } });
    expect(caught(limited).body).not.toHaveProperty('retryAfter');
  });
});
