import { useNow } from '../state/clock.js';
import { timeThere } from './local-time.js';
import { useContactTime } from './use-contact-time.js';

/** What time it is where these numbers are. */
export function TimeThere({
  numbers,
  className,
}: {
  numbers: readonly string[];
  className?: string | undefined;
}) {
  const now = useNow();
  const time = useContactTime(numbers);
  const words = time ? timeThere(time, now) : null;
  return words === null ? null : <p className={className}>{words}</p>;
}
