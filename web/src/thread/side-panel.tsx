import { ChevronRight, Copy, X } from 'lucide-react';
import { useMemo } from 'react';
import type { RouteStep } from '../api/types.js';
import { contactTitle } from '../format/names.js';
import { formatPhone } from '../format/phone.js';
import { clock, dayHeading, fullMoment } from '../format/time.js';
import type { Shown } from '../live/model.js';
import { useLive } from '../live/store.js';
import { useNow } from '../state/clock.js';
import { toast } from '../state/toasts.js';
import { Avatar } from '../ui/avatar.js';
import { IconButton } from '../ui/button.js';
import { TimeThere } from '../contact-time/time-there.js';
import { ContactLink } from '../contacts/contact-link.js';
import { TraceList } from './trace-list.js';
import styles from './side-panel.module.css';

export function SidePanel({ conversation, onClose }: { conversation: Shown; onClose: () => void }) {
  const now = useNow();
  const inbox = useLive((state) => state.inboxes?.find((each) => each.id === conversation.inboxId));
  const timeline = useLive((state) => state.timelines.get(conversation.id));
  const trace = useMemo(() => latestTrace(timeline?.items ?? []), [timeline?.items]);
  const notes = useMemo(
    () => (timeline?.items ?? []).flatMap((item) => (item.type === 'note.added' ? [item] : [])).slice(-3),
    [timeline?.items],
  );
  const title = contactTitle(conversation);
  const copy = (number: string) => {
    navigator.clipboard
      ?.writeText(number)
      .then(() => toast('success', `${formatPhone(number)} is copied.`))
      .catch(() => toast('error', 'The browser did not allow to copy. Select the number instead.'));
  };

  return (
    <aside className={styles.panel} aria-label="Details">
      <div className={styles.close}>
        <IconButton label="Hide details" icon={<X />} align="end" onPress={onClose} />
      </div>
      <section className={styles.contact}>
        <Avatar name={title} size={56} number={conversation.contactName === null} />
        <h2 className={styles.name}>{title}</h2>
        {conversation.peers.map((peer) => (
          <p key={peer} className={styles.number}>
            {formatPhone(peer)}
            <button
              type="button"
              className={styles.copy}
              aria-label={`Copy ${formatPhone(peer)}`}
              onClick={() => copy(peer)}
            >
              <Copy aria-hidden="true" />
            </button>
          </p>
        ))}
        <TimeThere numbers={conversation.peers} className={styles.there} />
        {conversation.peers.length === 1 && <ContactLink number={conversation.peers[0] ?? ''} />}
        {conversation.optedOut && <p className={styles.optedOut}>Opted out of texts</p>}
      </section>

      <section className={styles.part}>
        <h2 className={styles.heading}>Conversation</h2>
        <dl className={styles.facts}>
          <dt>Inbox</dt>
          <dd>{inbox?.name ?? '–'}</dd>
          <dt>Our number</dt>
          <dd>{formatPhone(conversation.number)}</dd>
          <dt>Owner</dt>
          <dd>{conversation.owner?.name ?? (conversation.status === 'done' ? 'Done' : 'Unassigned')}</dd>
          {conversation.lastOwner && conversation.lastOwner.id !== conversation.owner?.id && (
            <>
              <dt>Before</dt>
              <dd>{conversation.lastOwner.name}</dd>
            </>
          )}
          <dt>Last activity</dt>
          <dd title={fullMoment(conversation.lastActivityAt)}>
            {dayHeading(conversation.lastActivityAt, now)}, {clock(conversation.lastActivityAt)}
          </dd>
        </dl>
      </section>

      {notes.length > 0 && (
        <section className={styles.part}>
          <h2 className={styles.heading}>Latest notes</h2>
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note.id} className={styles.note}>
                <p dir="auto">{note.data.text}</p>
                <p className={styles.by}>
                  {note.actor.name}, {clock(note.at)}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}

      <section className={styles.part}>
        <details className={styles.why} open>
          <summary className={styles.heading}>
            <ChevronRight aria-hidden="true" /> Why here?
          </summary>
          {trace ? (
            <TraceList steps={trace} />
          ) : (
            <p className={styles.nothing}>
              {timeline?.state !== 'ready'
                ? 'Loading…'
                : timeline.nextBefore === null
                  ? 'The customer has not written here yet, so nothing was routed.'
                  : 'Scroll up to the customer’s last text to see how it was routed.'}
            </p>
          )}
        </details>
      </section>
    </aside>
  );
}

function latestTrace(items: readonly { type: string; data: unknown }[]): readonly RouteStep[] | null {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index];
    if (item?.type === 'message.received') return (item.data as { trace: RouteStep[] }).trace;
  }
  return null;
}
