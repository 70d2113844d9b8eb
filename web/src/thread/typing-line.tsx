import { firstName } from '../format/names.js';
import { useLive } from '../live/store.js';
import styles from './typing-line.module.css';

const NOBODY: readonly { name: string }[] = [];

/** Who else is typing here; its place is kept, so that nothing jumps. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const typing = useLive((state) => state.typing.get(conversationId)) ?? NOBODY;
  const names = typing.map((each) => firstName(each.name));
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
