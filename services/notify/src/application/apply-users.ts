import { Injectable } from '@nestjs/common';
import { PeopleStore, type PersonChange } from './people-store.js';

@Injectable()
export class ApplyUsers {
  constructor(private readonly people: PeopleStore) {}

  execute(changes: readonly PersonChange[]): Promise<void> {
    return this.people.apply(changes);
  }
}
