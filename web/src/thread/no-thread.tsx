import { MessageSquareText } from 'lucide-react';
import { useListView } from '../inbox/use-list-view.js';
import { useLive } from '../live/store.js';
import { Empty } from '../ui/placeholder.js';
import styles from './thread-page.module.css';

export function NoThread() {
  const view = useListView();
  const waiting = useLive((state) => (view ? (state.counts[view.inboxId]?.unassigned ?? 0) : 0));
  const shared = view?.kind === 'shared' && view.status === 'open';
  return (
    <div className={styles.none}>
      <Empty
        level="page"
        icon={<MessageSquareText />}
        title={
          shared && waiting > 0
            ? `${waiting > 99 ? '99+' : waiting} ${waiting === 1 ? 'customer waits' : 'customers wait'} for somebody`
            : 'Choose a conversation'
        }
      >
        {shared && waiting > 0 ? (
          <>
            Open the one on top and press <kbd>a</kbd> to take it. Only its owner replies, so nobody answers
            twice.
          </>
        ) : (
          <>
            Move with <kbd>j</kbd> and <kbd>k</kbd>; press <kbd>?</kbd> for all keys.
          </>
        )}
      </Empty>
    </div>
  );
}
