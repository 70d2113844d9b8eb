// @ts-check
// Preloaded into a service by the run of faults: its wall clock is off by what a file says, as after somebody set the time
// of its machine. Timers and performance.now() go on as they do then, too. The product has no such switch.
import { readFileSync } from 'node:fs';

const RealDate = Date;
let offsetMs = 0;

function readOffset() {
  try {
    offsetMs = Number(readFileSync(process.env.NEMESIS_CLOCK_FILE ?? '', 'utf8')) || 0;
  } catch {
    offsetMs = 0;
  }
}
readOffset();
setInterval(readOffset, 250).unref();

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + offsetMs] : args, self),
  apply: (target) => new target(target.now() + offsetMs).toString(),
  get: (target, name) => (name === 'now' ? () => target.now() + offsetMs : Reflect.get(target, name)),
});
