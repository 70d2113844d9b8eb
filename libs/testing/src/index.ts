export { eventually, type EventuallyOptions } from './eventually.js';
export { failingUrl, failInserts, WRITE_FAULTS, type Fault } from './failing-writes.js';
export { FixedClock } from './fixed-clock.js';
export { given, type Decider, type Then } from './given-when-then.js';
export { MemoryEventPublisher } from './memory-event-publisher.js';
export { startMongoSet, type TestMongoSet } from './mongo-set.js';
export { eventOf, Neighbour } from './neighbour.js';
export {
  freshDbPrefix,
  hasS3,
  mongoUrl,
  startNats,
  startRedis,
  startS3,
  type NatsUser,
  type TestNats,
  type TestRedis,
} from './servers.js';
export {
  TestSmsc,
  type DeliveredText,
  type SmscSettings,
  type SubmitStep,
  type SubmittedText,
} from './smsc.js';
export { startService, type RunningService } from './start-service.js';
