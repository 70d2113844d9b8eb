import { Injectable } from '@nestjs/common';
import { failpoint } from '@partyline/kernel';
import { Consents, type ConsentChange } from './consents.js';

/** Keeps who must not be texted, as the inbox service decided from the customer's words. */
@Injectable()
export class RecordConsent {
  constructor(private readonly consents: Consents) {}

  async execute(changes: readonly ConsentChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.consents.record(changes);
    failpoint('delivery.consents-recorded');
  }
}
