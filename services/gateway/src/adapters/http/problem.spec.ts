import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES, problemSchema, type ErrorCode } from '@partyline/contracts';
import { codeOfStatus, problemOf, STATUS } from './problem.js';

const request = { path: '/api/v1/conversations/cv_1/assign', correlationId: 'co_1' };

describe('problems', () => {
  it.each<[ErrorCode, number]>([
    ['VALIDATION', 400],
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['NOT_FOUND', 404],
    ['ASSIGNED_TO_OTHER', 409],
    ['STALE', 409],
    ['NOT_OWNER', 409],
    ['NEW_ACTIVITY', 409],
    ['DONE', 409],
    ['ALREADY_OPEN', 409],
    ['IN_USE', 409],
    ['OPTED_OUT', 422],
    ['NOT_MEMBER', 422],
    ['TOO_LARGE', 413],
    ['RATE_LIMITED', 429],
    ['UNAVAILABLE', 503],
    ['OUTCOME_UNKNOWN', 504],
    ['INTERNAL', 500],
  ])('%s is %d', (code, status) => {
    expect(problemOf({ code, message: 'm' }, request).status).toBe(status);
  });

  it('exist for every code, and fit their schema', () => {
    for (const code of ERROR_CODES) {
      const problem = problemOf({ code, message: 'Why.' }, request);
      expect(problemSchema.parse(problem)).toEqual(problem);
      expect(problem.title).not.toBe('');
    }
    expect(Object.keys(STATUS).sort()).toEqual([...ERROR_CODES].sort());
  });

  it('carry who did it and when', () => {
    const by = { id: 'ben', name: 'Ben Ortiz' };
    const problem = problemOf({ code: 'STALE', message: 'm', by, at: '2026-11-23T12:00:00.000Z' }, request);
    expect(problem).toMatchObject({ by, at: '2026-11-23T12:00:00.000Z', instance: request.path });
    expect(problem.type).toBe('urn:partyline:problem:stale');
  });

  it.each([
    [400, 'VALIDATION'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [405, 'VALIDATION'],
    [413, 'TOO_LARGE'],
    [415, 'VALIDATION'],
    [429, 'RATE_LIMITED'],
    [500, 'INTERNAL'],
    [502, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
  ])('a library’s %d is %s', (status, code) => {
    expect(codeOfStatus(status)).toBe(code);
  });
});
