import { describe, expect, it } from '@jest/globals';
import { keptHeaders, keptQuery, redactSecrets } from './redaction.js';

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

  it('takes the secret out of a query, and nothing else', () => {
    expect(keptQuery('a=1&token=s3cr3t&reference=ms_1')).toBe('a=1&token=[redacted]&reference=ms_1');
    expect(keptQuery('token=s')).toBe('token=[redacted]');
    expect(keptQuery('mytoken=1')).toBe('mytoken=1');
  });
});
