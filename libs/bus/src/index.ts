export { Answers } from './answers.js';
export { BusConnection, BusDisconnected } from './bus-connection.js';
export { BusHealth, type ConsumerLag } from './bus-health.js';
export { BusModule } from './bus.module.js';
export { BusObserver, type CallOutcome } from './bus-observer.js';
export type { BusOptions } from './bus-options.js';
export { CallClient, CallTimedOut, CallUnavailable, type CallOptions } from './call-client.js';
export { connectBus } from './connect-bus.js';
export { currentContext, knownContext, runInContext, type WorkContext } from './context.js';
export { DeadLetters, type DeadLetter } from './dead-letters.js';
export { isEvent, OnEvents, type EventOf, type OnEventsOptions, type Settlement } from './on-events.js';
export {
  OrderedReader,
  type ReadEvent,
  type ReadOptions,
  type ReadReset,
  type StreamPosition,
} from './ordered-reader.js';
export { EventPublisher, type OutgoingEvent, type PublishOutcome } from './publisher.js';
export { StreamReset } from './stream-reset.js';
export { JETSTREAM } from './transport-id.js';
