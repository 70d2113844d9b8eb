import { Injectable } from '@nestjs/common';
import { DirectoryStore } from './directory-store.js';

/** Which numbers the tenant has set up. Read from the store: one that was just added counts on every replica. */
@Injectable()
export class FindKnownNumbers {
  constructor(private readonly store: DirectoryStore) {}

  async execute(tenantId: string, numbers: readonly string[]): Promise<string[]> {
    const { directory } = await this.store.load(tenantId);
    return [...new Set(numbers)].filter((number) => directory.numbers.has(number));
  }
}
