import { CircleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { randomId } from '../api/ids.js';
import { Empty } from '../ui/placeholder.js';

/** A fault of this program. The id stands in the console too, so that a report can be found again. */
export function CrashScreen({ error }: { error: unknown }) {
  const id = useMemo(() => {
    const crash = randomId().slice(0, 8);
    console.error(`crash ${crash}`, error);
    return crash;
  }, [error]);
  return (
    <Empty
      level="page"
      icon={<CircleAlert />}
      title="This screen broke"
      action={{ label: 'Load again', act: () => location.reload() }}
    >
      Your texts and drafts are safe. If it happens again, tell your Admin this number: {id}
    </Empty>
  );
}
