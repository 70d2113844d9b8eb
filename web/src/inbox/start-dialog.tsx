import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MoonStar } from 'lucide-react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { Refused } from '@partyline/client';
import { api } from '../api/client.js';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { nightSentence } from '../contact-time/local-time.js';
import { contactTimeQuery } from '../contact-time/use-contact-time.js';
import SegmentCounter from '../composer/segment-counter.js';
import { formatPhone, toE164 } from '../format/phone.js';
import { receiveConversation, receiveViews } from '../live/state.js';
import { live, useLive } from '../live/store.js';
import { toast } from '../state/toasts.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import ModalDialog from '../ui/modal.js';
import { ContactSuggestions } from './contact-suggestions.js';
import styles from './start-dialog.module.css';

/** Writing first: to a number, from one of the inbox's. */
export default function StartDialog({ inboxId, onClose }: { inboxId: string; onClose: () => void }) {
  const navigate = useNavigate();
  const textId = useId();
  const inbox = useLive((state) => state.inboxes?.find((each) => each.id === inboxId));
  const [to, setTo] = useState('');
  const [from, setFrom] = useState(inbox?.numbers[0] ?? '');
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // One key for one attempt, however often the button is pressed.
  const key = useRef(randomId());
  const queries = useQueryClient();
  // That it is night where this number is; whoever was told may go on.
  const [night, setNight] = useState<{ readonly number: string; readonly words: string } | null>(null);

  const addressTo = (typed: string) => {
    setTo(typed);
    setNight(null);
  };
  const nightAt = (number: string) =>
    queries.fetchQuery(contactTimeQuery([number])).then(
      (time) => nightSentence(time, Date.now()),
      () => null,
    );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const number = toE164(to);
    if (number === null) {
      setError(
        'Write the number with its area code, for example (212) 555-0123, or with + and the country code.',
      );
      return;
    }
    setBusy(true);
    setError(null);
    const words = night?.number === number ? null : await nightAt(number);
    if (words !== null) {
      setNight({ number, words });
      return setBusy(false);
    }
    await api.inboxes
      .start(
        inboxId,
        {
          to: number,
          ...(from ? { number: from } : {}),
          text: text.trim(),
          clientMessageId: key.current,
        },
        key.current,
      )
      .then(({ conversation }) => {
        live.update((state) => receiveViews(state, [conversation]));
        onClose();
        void navigate({
          to: '/inboxes/$inboxId/c/$conversationId',
          params: { inboxId: conversation.inboxId, conversationId: conversation.id },
          search: {},
        });
      })
      .catch((failure: unknown) => {
        if (!(failure instanceof Refused)) return setError(sentenceOf(failure));
        key.current = randomId();
        const existing = failure.problem.conversation;
        if (!existing) return setError(failure.message);
        live.update((state) => receiveConversation(state, existing));
        onClose();
        toast('conflict', failure.message);
        return void navigate({
          to: '/conversations/$conversationId',
          params: { conversationId: existing.id },
        });
      })
      .finally(() => setBusy(false));
  };

  return (
    <ModalDialog title={`New conversation from ${inbox?.name ?? 'this inbox'}`} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field
          label="To"
          autoComplete="off"
          placeholder="Name or number"
          required
          autoFocus
          value={to}
          error={error}
          onChange={(event) => addressTo(event.target.value)}
        />
        <ContactSuggestions text={to} from={from} onPick={addressTo} />
        {(inbox?.numbers.length ?? 0) > 1 && (
          <label className={styles.from}>
            <span>From</span>
            <select value={from} onChange={(event) => setFrom(event.target.value)}>
              {inbox?.numbers.map((number) => (
                <option key={number} value={number}>
                  {formatPhone(number)}
                </option>
              ))}
            </select>
          </label>
        )}
        <div className={styles.message}>
          <label htmlFor={textId}>Message</label>
          <textarea
            id={textId}
            rows={4}
            required
            maxLength={1600}
            value={text}
            dir="auto"
            onChange={(event) => setText(event.target.value)}
          />
          <SegmentCounter conversationId={null} files={0} text={text} />
        </div>
        {night && (
          <p className={styles.night} role="alert">
            <MoonStar aria-hidden="true" /> {night.words} Send it anyway?
          </p>
        )}
        <div className={styles.foot}>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {night ? 'Send anyway' : 'Send and take it'}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
