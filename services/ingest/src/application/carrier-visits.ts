import { Injectable } from '@nestjs/common';
import { MediaFetcher } from './media-fetcher.js';

const MOST_KEPT = 50;
/** How long a certificate that could not be had is not asked for again, so that forgeries cost nobody a request each. */
const PATIENCE_MS = 30_000;

interface Kept {
  readonly pem: Promise<string | null>;
  readonly at: number;
  failed: boolean;
}

/** What has to be fetched from a carrier before its webhook can be believed or begun; carriers check the addresses. */
@Injectable()
export class CarrierVisits {
  private readonly certificates = new Map<string, Kept>();

  constructor(private readonly fetcher: MediaFetcher) {}

  /** A certificate in PEM; null: it cannot be had now. Certificates never change, so each is fetched once. */
  async certificate(url: string, now: Date): Promise<string | null> {
    const kept = this.certificates.get(url);
    if (kept && !(kept.failed && now.getTime() - kept.at >= PATIENCE_MS)) return kept.pem;
    if (this.certificates.size >= MOST_KEPT) this.certificates.clear();
    const fresh: Kept = { pem: this.fetchCertificate(url), at: now.getTime(), failed: false };
    this.certificates.set(url, fresh);
    const pem = await fresh.pem;
    fresh.failed = pem === null;
    return pem;
  }

  /** Whether the URL by which a carrier wants its webhook confirmed was fetched. */
  async confirm(url: string): Promise<boolean> {
    return 'body' in (await this.fetcher.fetch(url, () => ({})));
  }

  private async fetchCertificate(url: string): Promise<string | null> {
    const fetched = await this.fetcher.fetch(url, () => ({}));
    if (!('body' in fetched)) return null;
    const pem = Buffer.from(fetched.body).toString('utf8');
    return pem.includes('-----BEGIN CERTIFICATE-----') ? pem : null;
  }
}
