import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SeedDemo } from '../application/seed-demo.js';

/** Registered only where the demo is on. */
@Injectable()
export class DemoSeeder implements OnApplicationBootstrap {
  constructor(private readonly seedDemo: SeedDemo) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.seedDemo.execute();
  }
}
