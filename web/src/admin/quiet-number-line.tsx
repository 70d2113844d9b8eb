import type { QuietNumber } from '@partyline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { formatPhone } from '../format/phone.js';
import { ago } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import { QUIET } from './carrier-accounts.js';

/** A number that usually gets texts, and does not. */
export function QuietNumberLine({ number: { number, name, lastTextAt } }: { number: QuietNumber }) {
  const queries = useQueryClient();
  const ignore = useMutation({
    mutationFn: () => api.admin.numbers.change(number, { quietAlert: false }),
    onSuccess: () => {
      queries.setQueryData<QuietNumber[]>(QUIET, (all) => all?.filter((each) => each.number !== number));
      toast('info', `Nobody is told any more when ${formatPhone(number)} goes quiet.`);
    },
    onError: (error: Error) => toast('error', sentenceOf(error)),
  });
  const now = useNow();
  return (
    <div className={styles.itemHead}>
      <p className={styles.error}>
        {formatPhone(number)}
        {name !== null && ` (${name})`} usually gets texts at this time, and got the last one{' '}
        {ago(lastTextAt, now)}.
      </p>
      <Button size="sm" busy={ignore.isPending} onPress={() => ignore.mutate()}>
        Never tell of it
      </Button>
    </div>
  );
}
