import { describe, expect, it } from '@jest/globals';
import { CarrierVisits } from './carrier-visits.js';
import type { MediaProblem } from '../domain/media.js';
import { MediaFetcher } from './media-fetcher.js';
import type { Bytes } from './object-store.js';

const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 18, 0, seconds));

class FakeFetcher extends MediaFetcher {
  readonly asked: string[] = [];
  answer: string | null = PEM;

  override async fetch(url: string): Promise<Bytes | MediaProblem> {
    this.asked.push(url);
    return this.answer === null
      ? { kind: 'unavailable', reason: 'away' }
      : { contentType: 'text/plain', body: Buffer.from(this.answer) };
  }
}

describe('CarrierVisits', () => {
  it('fetches a certificate once, also for many at the same time', async () => {
    const fetcher = new FakeFetcher();
    const visits = new CarrierVisits(fetcher);
    const all = await Promise.all([1, 2, 3].map((second) => visits.certificate('https://a/', at(second))));
    expect(all).toEqual([PEM, PEM, PEM]);
    expect(await visits.certificate('https://a/', at(3600))).toBe(PEM);
    expect(fetcher.asked).toEqual(['https://a/']);
  });

  it.each([[null], ['<html>']])('tries again after half a minute what came as %j', async (answer) => {
    const fetcher = new FakeFetcher();
    fetcher.answer = answer;
    const visits = new CarrierVisits(fetcher);
    expect(await visits.certificate('https://a/', at(0))).toBeNull();
    fetcher.answer = PEM;
    expect(await visits.certificate('https://a/', at(29))).toBeNull();
    expect(await visits.certificate('https://a/', at(30))).toBe(PEM);
  });

  it('says whether a confirmation got through', async () => {
    const fetcher = new FakeFetcher();
    const visits = new CarrierVisits(fetcher);
    expect(await visits.confirm('https://a/?Action=ConfirmSubscription')).toBe(true);
    fetcher.answer = null;
    expect(await visits.confirm('https://a/?Action=ConfirmSubscription')).toBe(false);
  });
});
