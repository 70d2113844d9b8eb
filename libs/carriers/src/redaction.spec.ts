import { describe, expect, it } from '@jest/globals';
import { keptHeaders, redactSecrets } from './redaction.js';

describe('redaction', () => {
  it('takes secrets and credentials out of a text', () => {
    expect(redactSecrets('token s3cr3t-token, Basic QUM6dG9r and Bearer abc.def', ['s3cr3t-token'])).toBe(
      'token [redacted], Basic [redacted] and Bearer [redacted]',
    );
  });

  it('keeps only headers that are known to be harmless', () => {
    expect(
      keptHeaders({
        'Content-Type': 'text/plain',
        authorization: 'x',
        cookie: 'y',
        'x-twilio-signature': 'z',
      }),
    ).toEqual({ 'content-type': 'text/plain' });
  });
});
