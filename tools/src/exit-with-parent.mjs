// @ts-check
// Loaded into every service by `node --import`: when the supervisor is gone, even by SIGKILL, its IPC channel closes,
// and the service ends as on SIGTERM. So no service outlives its supervisor, and service code knows nothing of this.

const GRACE_MS = 10_000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // The channel alone must not keep a service alive that has nothing left to do.
  process.channel.unref();
}
