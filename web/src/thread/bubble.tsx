import { Bot, Check, CheckCheck, CircleAlert, CircleHelp, Clock3, RotateCw } from 'lucide-react';
import { useMe } from '../api/session.js';
import { contactTitle } from '../format/names.js';
import { clock, fullMoment } from '../format/time.js';
import { sendReply } from '../live/commands.js';
import type { Shown } from '../live/model.js';
import { sentenceOf } from '../api/problem.js';
import { toast } from '../state/toasts.js';
import { Attachment } from './attachment.js';
import styles from './bubble.module.css';
import { failureWords } from './failure.js';
import type { MessageRow, MessageStatus } from './rows.js';

export function Bubble({ message, conversation }: { message: MessageRow; conversation: Shown }) {
  const me = useMe();
  const own = message.sender?.id === me.id || message.status?.status === 'sending';
  const sender =
    message.side === 'in'
      ? contactTitle(conversation)
      : message.auto
        ? 'Automatic reply'
        : own
          ? 'You'
          : (message.sender?.name ?? 'Somebody');
  const failed = message.status?.status === 'failed' || message.status?.status === 'undelivered';
  return (
    <article
      className={styles.message}
      data-side={message.side}
      data-first={message.first}
      data-last={message.last}
      aria-label={`${sender}, ${clock(message.at)}`}
    >
      {message.first && message.side === 'out' && (
        <p className={styles.sender}>
          {message.auto && <Bot aria-hidden="true" />}
          {sender}
        </p>
      )}
      <div className={styles.bubble} data-failed={failed || undefined} data-auto={message.auto || undefined}>
        {message.media.map((media) => (
          <Attachment key={media.id} conversationId={conversation.id} media={media} from={sender} />
        ))}
        {message.text !== '' && (
          <p className={styles.text} dir="auto">
            {message.text}
          </p>
        )}
        {message.text === '' && message.media.length === 0 && <p className={styles.blank}>Empty message</p>}
      </div>
      <p className={styles.meta}>
        {(message.last || message.status) && (
          <time dateTime={message.at} title={fullMoment(message.at)}>
            {clock(message.at)}
          </time>
        )}
        {message.status && <Status status={message.status} quiet={!message.last} />}
      </p>
      {/* What is not known yet is told with what to do meanwhile. */}
      {message.status?.status === 'unknown' && (
        <div className={styles.failure}>
          <p>{failureWords(message.status)}</p>
        </div>
      )}
      {failed && message.status && (
        <Failure message={message} status={message.status} conversation={conversation} />
      )}
    </article>
  );
}

const STATUS = {
  sending: { icon: Clock3, words: 'Sending' },
  queued: { icon: Clock3, words: 'Queued' },
  sent: { icon: Check, words: 'Sent' },
  delivered: { icon: CheckCheck, words: 'Delivered' },
  undelivered: { icon: CircleAlert, words: 'Not delivered' },
  failed: { icon: CircleAlert, words: 'Failed' },
  unknown: { icon: CircleHelp, words: 'Unknown: waiting for the carrier' },
} as const;

function Status({ status, quiet }: { status: MessageStatus; quiet: boolean }) {
  const { icon: Icon, words } = STATUS[status.status];
  return (
    <span className={styles.status} data-status={status.status}>
      <Icon aria-hidden="true" />
      <span className={quiet && status.status === 'delivered' ? 'visually-hidden' : undefined}>{words}</span>
    </span>
  );
}

/** Why it did not arrive, and the way to try again: as a new message, which the words say. */
function Failure({
  message,
  status,
  conversation,
}: {
  message: MessageRow;
  status: MessageStatus;
  conversation: Shown;
}) {
  const allowed = conversation.allowed.reply;
  const retry = () => {
    const { text, media } = message;
    sendReply(conversation.id, { text, media, claim: false }).catch((error: unknown) =>
      toast('error', sentenceOf(error)),
    );
  };
  return (
    <div className={styles.failure}>
      <p>{failureWords(status)}</p>
      {allowed === true && (message.text !== '' || message.media.length > 0) && (
        <button type="button" className={styles.retry} onClick={retry}>
          <RotateCw aria-hidden="true" /> Send again as a new message
        </button>
      )}
    </div>
  );
}
