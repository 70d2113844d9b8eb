import { Eye, UserRoundCheck } from 'lucide-react';
import { withPhones } from '../format/phone.js';
import { Button } from '../ui/button.js';
import styles from './composer.module.css';

interface Props {
  readonly reason: string;
  readonly canTake: boolean;
  readonly keepsDraft: boolean;
  readonly onTake: () => void;
}

/** In place of the text box: why one cannot write, and what to do about it. */
export function Blocked({ reason, canTake, keepsDraft, onTake }: Props) {
  return (
    <div className={styles.blocked}>
      <Eye aria-hidden="true" />
      <p className={styles.reason}>{withPhones(reason)}</p>
      {canTake && (
        <Button
          size="sm"
          variant="primary"
          icon={<UserRoundCheck aria-hidden="true" />}
          tip="above"
          onPress={onTake}
        >
          Assign to Me to reply
        </Button>
      )}
      {keepsDraft && <p className={styles.kept}>Your draft is kept.</p>}
    </div>
  );
}
