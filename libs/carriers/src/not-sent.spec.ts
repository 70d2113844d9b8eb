import { expect, it } from '@jest/globals';
import { wasNotSent } from './not-sent.js';

const failing = (code: string, syscall?: string, message = code) =>
  Object.assign(new Error(message), { code, ...(syscall && { syscall }) });

it.each<[string, unknown, boolean]>([
  ['the name does not exist', failing('ENOTFOUND', 'getaddrinfo'), true],
  ['the name server is away', failing('EAI_AGAIN', 'getaddrinfo'), true],
  ['nobody listens', failing('ECONNREFUSED', 'connect'), true],
  ['there is no way there', failing('EHOSTUNREACH', 'connect'), true],
  ['the network is down', failing('ENETUNREACH', 'connect'), true],
  ['nobody answers to the connection', failing('ETIMEDOUT', 'connect'), true],
  ['it takes too long to connect', failing('UND_ERR_CONNECT_TIMEOUT'), true],
  ['the certificate has expired', failing('CERT_HAS_EXPIRED'), true],
  ['the certificate is for another name', failing('ERR_TLS_CERT_ALTNAME_INVALID'), true],
  [
    'the other side goes away before the keys are agreed on',
    failing(
      'ECONNRESET',
      undefined,
      'Client network socket disconnected before secure TLS connection was established',
    ),
    true,
  ],
  [
    'none of several addresses can be reached',
    { errors: [failing('ECONNREFUSED', 'connect'), failing('ENETUNREACH', 'connect')] },
    true,
  ],
  ['the connection breaks while the answer is read', failing('ECONNRESET', 'read'), false],
  ['the way there is lost while the answer is read', failing('EHOSTUNREACH', 'read'), false],
  ['the network is lost while the answer is read', failing('ENETUNREACH', 'read'), false],
  ['nothing more comes while the answer is read', failing('ETIMEDOUT', 'read'), false],
  ['the request cannot be written to its end', failing('EPIPE', 'write'), false],
  ['the answer does not begin in time', failing('UND_ERR_HEADERS_TIMEOUT'), false],
  ['the answer does not end in time', failing('UND_ERR_BODY_TIMEOUT'), false],
  ['the other side closes the connection', failing('UND_ERR_SOCKET'), false],
  ['the exchange is given up', new DOMException('too long', 'TimeoutError'), false],
  [
    'one of several addresses was reached',
    { errors: [failing('ECONNREFUSED', 'connect'), failing('ECONNRESET', 'read')] },
    false,
  ],
  ['it is no error at all', 'what?', false],
])('%s: was not sent is %s', (_what, error, expected) => {
  expect(wasNotSent(error)).toBe(expected);
});
