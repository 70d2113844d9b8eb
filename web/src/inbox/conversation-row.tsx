import { Link } from '@tanstack/react-router';
import { AlarmClock, CircleAlert, CircleCheckBig, Circle, PencilLine, StickyNote } from 'lucide-react';
import { memo } from 'react';
import { useMe } from '../api/session.js';
import { contactTitle, initials } from '../format/names.js';
import { formatPhone } from '../format/phone.js';
import { clock, fullMoment, long, rowTime, short, wakeTime } from '../format/time.js';
import type { ListStatus, Shown } from '../live/model.js';
import { useLive } from '../live/store.js';
import { useNow } from '../state/clock.js';
import { useHasDraft } from '../state/drafts.js';
import { useSelected } from '../state/value-store.js';
import { TagChips } from '../tags/tag-chips.js';
import { Avatar } from '../ui/avatar.js';
import styles from './conversation-row.module.css';
import { FlagBadge } from './flag-badge.js';
import { indicatorOf } from './indicator.js';
import { listSearch, type SectionId } from './layout.js';
import { selection, toggleSelected } from './selection.js';
import { RowPresence } from './row-presence.js';

interface Props {
  readonly id: string;
  readonly selected: boolean;
  readonly status: ListStatus;
  readonly q: string;
  readonly tag: string;
  readonly section: SectionId;
}

export const ConversationRow = memo(function ConversationRow({ id, selected, status, q, tag }: Props) {
  const conversation = useLive((state) => state.shown.get(id));
  const me = useMe();
  const hasDraft = useHasDraft(me.id, id);
  const marked = useSelected(selection, (ids) => ids?.has(id) ?? null);
  if (!conversation) return null;
  const indicator = indicatorOf(conversation, conversation.unread, me.id, { initials, clock });
  const title = contactTitle(conversation);
  const words = (
    <span className={styles.words}>
      <span className={styles.line}>
        <span className={styles.name}>{title}</span>
        <Age conversation={conversation} />
      </span>
      <span className={styles.line}>
        <Snippet conversation={conversation} draft={hasDraft} />
      </span>
      <span className={styles.line}>
        <span className={styles.via}>via {formatPhone(conversation.number)}</span>
        {conversation.failed && (
          <span className={styles.failed}>
            <CircleAlert aria-hidden="true" /> Not delivered
          </span>
        )}
        <TagChips ids={conversation.tags} most={2} />
        <RowPresence id={id} />
        <FlagBadge indicator={indicator} />
      </span>
    </span>
  );
  const look = {
    className: styles.row,
    'data-conversation': id,
    'data-new': indicator.badge !== null,
    'data-pending': conversation.pending || undefined,
  };
  if (marked !== null) {
    return (
      <button
        {...look}
        type="button"
        role="checkbox"
        aria-checked={marked}
        onClick={() => toggleSelected(id)}
      >
        <span className={styles.mark}>{marked ? <CircleCheckBig /> : <Circle />}</span>
        {words}
      </button>
    );
  }
  return (
    <Link
      {...look}
      to="/inboxes/$inboxId/c/$conversationId"
      params={{ inboxId: conversation.inboxId, conversationId: id }}
      search={listSearch(status, q, tag)}
      aria-current={selected ? 'page' : undefined}
    >
      <Avatar name={title} size={36} number={conversation.contactName === null} />
      {words}
    </Link>
  );
});

/** How long somebody waits for an owner; else when something last happened. */
function Age({ conversation }: { conversation: Shown }) {
  const now = useNow();
  const { waitingSince, lastActivityAt, snoozed } = conversation;
  if (snoozed) {
    return (
      <span className={styles.age} title={snoozed.until ? `Wakes ${fullMoment(snoozed.until)}` : undefined}>
        <AlarmClock aria-hidden="true" className={styles.snoozed} />
        <span className="visually-hidden">Snoozed until </span>
        {snoozed.until ? wakeTime(snoozed.until, now) : 'next text'}
      </span>
    );
  }
  if (waitingSince) {
    const wait = now - Date.parse(waitingSince);
    return (
      <time
        className={styles.wait}
        dateTime={waitingSince}
        title={`Waiting since ${fullMoment(waitingSince)}`}
      >
        <span aria-hidden="true">{short(wait)}</span>
        <span className="visually-hidden">waiting {long(wait)}</span>
      </time>
    );
  }
  return (
    <time className={styles.age} dateTime={lastActivityAt} title={fullMoment(lastActivityAt)}>
      {rowTime(lastActivityAt, now)}
    </time>
  );
}

function Snippet({ conversation, draft }: { conversation: Shown; draft: boolean }) {
  const { preview } = conversation;
  if (draft) {
    return (
      <span className={styles.snippet}>
        <span className={styles.draft}>
          <PencilLine aria-hidden="true" /> Draft
        </span>{' '}
        {preview?.text}
      </span>
    );
  }
  if (!preview) return <span className={styles.snippet}>No messages yet</span>;
  return (
    <span className={styles.snippet}>
      {preview.from === 'us' && <span className={styles.from}>Us: </span>}
      {preview.from === 'note' && (
        <span className={styles.note}>
          <StickyNote aria-hidden="true" /> Note:{' '}
        </span>
      )}
      {preview.text || 'Picture'}
    </span>
  );
}
