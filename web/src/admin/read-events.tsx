import type { RecordedRequestDetail } from '@partyline/contracts';
import styles from './admin-page.module.css';

/** The texts and delivery reports in something that a carrier sent. */
export function ReadEvents({ events }: { events: RecordedRequestDetail['events'] }) {
  return (
    <ul className={styles.list}>
      {events.map((event, index) => (
        <li key={`${event.providerMessageId} ${index}`} className={styles.item}>
          {event.kind === 'message' ? (
            <>
              <strong>
                A text from {event.from} to {event.to}
              </strong>
              <span className={styles.words}>{event.text}</span>
              {event.media && event.media.length > 0 && (
                <span className={styles.sub}>{event.media.join(', ')}</span>
              )}
            </>
          ) : (
            <strong>
              A delivery report: {event.rawStatus} means {event.status ?? 'nothing to us'}
            </strong>
          )}
          <span className={styles.sub}>Message {event.providerMessageId}</span>
        </li>
      ))}
    </ul>
  );
}
