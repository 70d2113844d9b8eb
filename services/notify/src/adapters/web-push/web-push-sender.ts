import { Injectable, Logger } from '@nestjs/common';
import { looksPublic } from '@partyline/carriers';
import { request, type Agent } from 'node:https';
import webPush from 'web-push';
import type { Device } from '../../application/device-store.js';
import { PushSender, type PushOutcome, type PushPayload } from '../../application/push.js';

/** How push services know this installation (RFC 8292) and how they are reached. */
export abstract class WebPushSettings {
  /** null: Web Push is off. */
  abstract readonly vapid: {
    readonly publicKey: string;
    readonly privateKey: string;
    readonly subject: string;
  } | null;
  /** Connects to public addresses only. */
  abstract readonly agent: Agent;
}

const TIMEOUT_MS = 10_000;
/** Push services keep it so long for a device that is off; older news is not worth a ring. */
const KEEP_S = 4 * 3600;
const GONE = [404, 410];
/** Too many requests, or a push service's own trouble: worth another try. */
const worthAnotherTry = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Web Push: payload encrypted for the device (RFC 8291), sent to the endpoint that its vendor gave it (RFC 8030). */
@Injectable()
export class WebPushSender extends PushSender {
  private readonly logger = new Logger(WebPushSender.name);

  constructor(private readonly settings: WebPushSettings) {
    super();
    if (!settings.vapid) {
      this.logger.warn(
        'Web Push is off: set PARTYLINE_VAPID_PUBLIC and PARTYLINE_VAPID_PRIVATE to turn it on.',
      );
    }
  }

  override refuses(endpoint: string): string | null {
    if (!URL.canParse(endpoint)) return 'This is not a URL.';
    const { protocol, hostname, username } = new URL(endpoint);
    if (protocol !== 'https:') return 'A push service is reached by https.';
    if (username !== '') return 'A push service needs no user name.';
    return looksPublic(hostname) ? null : `${hostname} is not on the public internet.`;
  }

  override async send(device: Device, payload: PushPayload): Promise<PushOutcome> {
    const { vapid } = this.settings;
    if (!vapid || this.refuses(device.endpoint) !== null) return 'refused';
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint: device.endpoint, keys: device.keys },
      JSON.stringify(payload),
      { vapidDetails: vapid, TTL: KEEP_S, urgency: 'high', contentEncoding: 'aes128gcm' },
    );
    const status = await this.post(new URL(device.endpoint), headers, body);
    if (status >= 200 && status < 300) return 'sent';
    if (GONE.includes(status)) return 'gone';
    const host = new URL(device.endpoint).host;
    if (worthAnotherTry(status)) throw new Error(`${host} answered ${status}`);
    this.logger.warn(`${host} refused a push with ${status}`);
    return 'refused';
  }

  /** The status of the answer; redirects are not followed, and bodies are not read. */
  private post(url: URL, headers: Readonly<Record<string, string>>, body: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        { method: 'POST', headers, agent: this.settings.agent, signal: AbortSignal.timeout(TIMEOUT_MS) },
        (answer) => {
          answer.destroy();
          resolve(answer.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
