import { firstName } from '../format/names.js';
import { useLive } from '../live/store.js';
import { useAbsences, withAbsence } from './use-absences.js';
import styles from './typing-line.module.css';

const NOBODY: readonly { id: string; name: string }[] = [];

/** Who else is typing here; its place is kept, so that nothing jumps. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const typing = useLive((state) => state.typing.get(conversationId)) ?? NOBODY;
  const absence = useAbsences(conversationId, typing.length > 0);
  const names = typing.map(({ id, name }) => withAbsence(firstName(name), absence(id)));
  return (
    <p className={styles.line} aria-live="polite">
      {names.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          {names.join(' and ')} {names.length === 1 ? 'is' : 'are'} typing
        </>
      )}
    </p>
  );
}
