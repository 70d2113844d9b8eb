import { Injectable } from '@nestjs/common';
import { SeedMarks } from '../../application/seed/seed-marks.js';
import { InboxDatabase } from './inbox-database.js';

@Injectable()
export class MongoSeedMarks extends SeedMarks {
  constructor(private readonly database: InboxDatabase) {
    super();
  }

  override async read(seed: string): Promise<'absent' | 'begun' | 'finished'> {
    const mark = await this.database.seeds.findOne({ _id: seed });
    if (!mark) return 'absent';
    return mark.finished ? 'finished' : 'begun';
  }

  override async begin(seed: string): Promise<void> {
    await this.database.seeds.updateOne(
      { _id: seed },
      { $setOnInsert: { finished: false } },
      { upsert: true },
    );
  }

  override async finish(seed: string): Promise<void> {
    await this.database.seeds.updateOne({ _id: seed }, { $set: { finished: true } });
  }
}
