import { describe, expect, it } from '@jest/globals';
import { GuardedWebhookPost } from './guarded-webhook-post.js';

const post = new GuardedWebhookPost(new Set(['http://receiver.test:8080']));

describe('where webhooks are sent', () => {
  it.each([
    ['https://example.com/hooks', null],
    ['https://93.184.216.34/hooks', null],
    ['http://receiver.test:8080/hooks', null],
    ['http://receiver.test:8081/hooks', 'https only'],
    ['http://example.com/', 'https only'],
    ['https://127.0.0.1/', 'not on the public internet'],
    ['https://[::1]/', 'not on the public internet'],
    ['https://[::ffff:10.0.0.1]/', 'not on the public internet'],
    ['https://2130706433/', 'not on the public internet'],
    ['https://169.254.169.254/latest/meta-data', 'not on the public internet'],
    ['https://10.1.2.3/', 'not on the public internet'],
    ['https://mongo/', 'not on the public internet'],
    ['https://inbox.partyline.internal/', 'not on the public internet'],
    ['https://me:pass@example.com/', 'no user name'],
    ['file:///etc/passwd', 'https only'],
    ['nonsense', 'not a URL'],
  ])('%s: %s', (url, reason) => {
    const refused = post.refuses(url);
    if (reason === null) expect(refused).toBeNull();
    else expect(refused).toContain(reason);
  });

  it('refuses a name that leads to this machine when it connects', async () => {
    const outcome = await post.post('https://localhost:1/', {}, '{}');
    expect(outcome).toMatchObject({
      status: null,
      error: expect.stringContaining('not on the public internet'),
    });
  });
});
