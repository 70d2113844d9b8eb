/** Marks the handlers that belong to {@link JetStreamStrategy}. */
export const JETSTREAM = Symbol('JETSTREAM');
