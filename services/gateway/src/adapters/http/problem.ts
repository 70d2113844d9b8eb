import { STATUS_CODES } from 'node:http';
import type { ErrorCode, Problem, Refusal } from '@partyline/contracts';

/** The one place that knows which HTTP status a reason has. */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  VALIDATION: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ASSIGNED_TO_OTHER: 409,
  STALE: 409,
  NOT_OWNER: 409,
  NEW_ACTIVITY: 409,
  DONE: 409,
  ALREADY_OPEN: 409,
  IN_USE: 409,
  TOO_LARGE: 413,
  OPTED_OUT: 422,
  NOT_MEMBER: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  OUTCOME_UNKNOWN: 504,
};

const TITLES: Readonly<Record<ErrorCode, string>> = {
  VALIDATION: 'The request is not valid',
  UNAUTHENTICATED: 'Not signed in',
  FORBIDDEN: 'Not allowed',
  NOT_FOUND: 'Not found',
  ASSIGNED_TO_OTHER: 'Assigned to somebody else',
  STALE: 'It changed in the meantime',
  NOT_OWNER: 'Not assigned to you',
  NEW_ACTIVITY: 'The customer wrote in the meantime',
  DONE: 'It is done',
  ALREADY_OPEN: 'It is open already',
  IN_USE: 'In use',
  TOO_LARGE: 'Too large',
  OPTED_OUT: 'The customer opted out',
  NOT_MEMBER: 'Not a member of the inbox',
  RATE_LIMITED: 'Too many requests',
  INTERNAL: 'Something went wrong here',
  UNAVAILABLE: 'Not available at the moment',
  OUTCOME_UNKNOWN: 'No answer in time',
};

export const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457 body of a refusal. */
export function problemOf(refusal: Refusal, request: { path: string; correlationId: string }): Problem {
  const { code, message, ...state } = refusal;
  return {
    type: `urn:partyline:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[code],
    status: STATUS[code],
    detail: message,
    instance: request.path,
    code,
    correlationId: request.correlationId,
    ...state,
  };
}

/** What a status that a library chose means in our words. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 413) return 'TOO_LARGE';
  if (status === 429) return 'RATE_LIMITED';
  const codes: Readonly<Record<number, ErrorCode>> = {
    401: 'UNAUTHENTICATED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    503: 'UNAVAILABLE',
  };
  return codes[status] ?? (status >= 400 && status < 500 ? 'VALIDATION' : 'INTERNAL');
}

export const statusText = (status: number): string => STATUS_CODES[status] ?? 'Error';
