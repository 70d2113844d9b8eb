import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import webPush from 'web-push';
import type { Device } from '../../application/device-store.js';
import { WebPushSender } from './web-push-sender.js';

/** TLS by a shared key needs no certificate, which would have to be made, and would expire. */
const PSK = { identity: 'test', psk: randomBytes(32) };
const TLS = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'PSK' } as const;

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:admin@example.com' };
const phone = createECDH('prime256v1');
const auth = randomBytes(16);

let pushService: Server;
let answer = 201;
let received: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
let device: Device;
/** Finds every name at the push service of this test. */
let agent: Agent;

beforeAll(async () => {
  Logger.overrideLogger(false);
  pushService = createServer({ ...TLS, pskCallback: () => PSK.psk }, (request, response) => {
    void buffer(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer, { location: 'https://127.0.0.1/elsewhere' }).end();
    });
  });
  pushService.listen(0, '127.0.0.1');
  await once(pushService, 'listening');
  const { port } = pushService.address() as AddressInfo;
  agent = new Agent({
    ...TLS,
    pskCallback: () => PSK,
    checkServerIdentity: () => undefined,
    lookup: (_name, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  });
  device = {
    id: 'dv_1',
    tenantId: 'demo',
    userId: 'ben',
    endpoint: `https://push.example.com:${port}/send/abc`,
    keys: { p256dh: phone.generateKeys('base64url'), auth: auth.toString('base64url') },
  };
});

afterAll(async () => {
  agent.destroy();
  pushService.close();
  await once(pushService, 'close');
});

/** What the phone does with a push: RFC 8291 over RFC 8188 (aes128gcm). */
function decrypt(body: Buffer): string {
  const salt = body.subarray(0, 16);
  const senderKey = body.subarray(21, 86);
  const sealed = body.subarray(86);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), phone.getPublicKey(), senderKey]);
  const key = Buffer.from(hkdfSync('sha256', phone.computeSecret(senderKey), auth, info, 32));
  const derive = (label: string, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, `Content-Encoding: ${label}\0`, length));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}

const payload = { title: 'Grace (Sales)', body: 'hello 👋', url: '/inboxes/i/c/cv_1', tag: 'cv_1' };

describe('WebPushSender', () => {
  it('sends what only the device can read, signed with our VAPID key', async () => {
    received = [];
    answer = 201;
    expect(await new WebPushSender({ vapid, agent }).send(device, payload)).toBe('sent');
    expect(JSON.parse(decrypt(received[0]?.body ?? Buffer.alloc(0)))).toEqual(payload);
    expect(received[0]?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      urgency: 'high',
      authorization: expect.stringContaining(`k=${vapid.publicKey}`),
    });
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [400, 'refused'],
    [413, 'refused'],
    [301, 'refused'],
  ])('%d means %s', async (status, outcome) => {
    answer = status;
    expect(await new WebPushSender({ vapid, agent }).send(device, payload)).toBe(outcome);
  });

  it.each([429, 500, 503])('%d is worth another try', async (status) => {
    answer = status;
    await expect(new WebPushSender({ vapid, agent }).send(device, payload)).rejects.toThrow(
      `answered ${status}`,
    );
  });

  it('sends nothing where Web Push is off', async () => {
    received = [];
    expect(await new WebPushSender({ vapid: null, agent }).send(device, payload)).toBe('refused');
    expect(received).toEqual([]);
  });

  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', null],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', null],
    ['http://fcm.googleapis.com/x', 'reached by https'],
    ['https://127.0.0.1/x', 'not on the public internet'],
    ['https://[::1]/x', 'not on the public internet'],
    ['https://[::ffff:10.0.0.1]/x', 'not on the public internet'],
    ['https://2130706433/x', 'not on the public internet'],
    ['https://169.254.169.254/latest/meta-data', 'not on the public internet'],
    ['https://redis/x', 'not on the public internet'],
    ['https://api.internal/x', 'not on the public internet'],
    ['https://me@example.com/x', 'no user name'],
    ['nonsense', 'not a URL'],
  ])('as an endpoint, %s: %s', (endpoint, reason) => {
    const refused = new WebPushSender({ vapid, agent }).refuses(endpoint);
    if (reason === null) expect(refused).toBeNull();
    else expect(refused).toContain(reason);
  });
});
