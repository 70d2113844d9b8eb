/** Tells when this service's own stream had to be made: at the very first start, or because it was lost. */
export abstract class StreamReset {
  /** Services that publish state publish all of it again then. Called for a stream made before it was registered, too. */
  abstract onStreamCreated(listener: () => void | Promise<void>): void;
}
