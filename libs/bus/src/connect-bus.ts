import type { INestApplication } from '@nestjs/common';

/** Attaches the consumers and answerers of the application to the bus and starts them. */
export declare function connectBus(app: INestApplication): Promise<void>;
