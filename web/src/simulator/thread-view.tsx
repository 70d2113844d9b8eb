import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUp, ChevronLeft, ImagePlus, X } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { formatPhone } from '../format/phone.js';
import { clock, dayHeading, sameDay } from '../format/time.js';
import { useNow } from '../state/clock.js';
import { Avatar } from '../ui/avatar.js';
import { phoneApi, type SimText } from './phone-api.js';
import styles from './phone.module.css';
import { stateWords, withText } from './texts.js';

interface Props {
  readonly phone: string;
  readonly number: string;
  readonly name: string | null;
  readonly onBack: () => void;
}

export function ThreadView({ phone, number, name, onBack }: Props) {
  const queries = useQueryClient();
  const now = useNow();
  const key = ['sim', 'thread', phone, number];
  const thread = useQuery({ queryKey: key, queryFn: () => phoneApi.thread(phone, number) });
  const [text, setText] = useState('');
  const [pictures, setPictures] = useState<readonly { id: string; url: string }[]>([]);
  const [error, setError] = useState<string | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const texts: readonly SimText[] = thread.data ?? [];
  const count = texts.length;
  useLayoutEffect(() => {
    // Braces: newer browsers answer with a promise, which is no clean-up function.
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count]);

  const fail = (failure: unknown) =>
    setError(failure instanceof Error ? failure.message : 'It did not work.');
  const send = () => {
    const words = text.trim();
    if (words === '' && pictures.length === 0) return;
    const media = pictures.map((each) => each.id);
    setText('');
    setPictures([]);
    setError(null);
    phoneApi
      .send(phone, number, words, media)
      .then((sent) =>
        queries.setQueryData<readonly SimText[]>(key, (known) => (known ? withText(known, sent) : known)),
      )
      .catch((failure: unknown) => {
        fail(failure);
        setText((typed) => (typed === '' ? words : typed));
      });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const upload = (files: FileList | null) => {
    const chosen = files?.[0];
    if (!chosen) return;
    setError(null);
    phoneApi.upload(chosen).then((picture) => setPictures((known) => [...known, picture]), fail);
  };

  return (
    <div className={styles.thread}>
      <header className={styles.threadHead}>
        <button type="button" className={styles.back} aria-label="Back to the messages" onClick={onBack}>
          <ChevronLeft aria-hidden="true" />
        </button>
        <span className={styles.who}>
          <Avatar name={name ?? number} size={30} />
          <span className={styles.whoWords}>
            <span className={styles.rowName}>{name ?? formatPhone(number)}</span>
            <span className={styles.rowNumber}>{formatPhone(number)}</span>
          </span>
        </span>
      </header>
      <div className={styles.bubbles} role="log" aria-label="Texts">
        {texts.map((each, index) => {
          const before = texts[index - 1];
          const words = stateWords(each);
          const lastOut =
            each.direction === 'out' && index === texts.findLastIndex((one) => one.direction === 'out');
          return (
            <div key={each.id} className={styles.item}>
              {(!before || !sameDay(before.at, each.at)) && (
                <p className={styles.day}>
                  {dayHeading(each.at, now)}, {clock(each.at)}
                </p>
              )}
              <div
                className={styles.bubble}
                data-side={each.direction}
                data-bad={each.state === 'refused' || undefined}
              >
                {each.media.map((media) => (
                  <img key={media.url} src={media.url} alt="" className={styles.picture} />
                ))}
                {each.text !== '' && <p dir="auto">{each.text}</p>}
              </div>
              {words && (lastOut || each.state !== 'accepted') && (
                <p className={styles.state} data-side={each.direction}>
                  {words}
                </p>
              )}
            </div>
          );
        })}
        {thread.error && (
          <p className={styles.problem} role="alert">
            {thread.error.message}
          </p>
        )}
        <div ref={end} />
      </div>
      {error && (
        <p className={styles.problem} role="alert">
          {error}
        </p>
      )}
      {pictures.length > 0 && (
        <ul className={styles.chosen}>
          {pictures.map((picture) => (
            <li key={picture.id}>
              <img src={picture.url} alt="" />
              <button
                type="button"
                aria-label="Remove the picture"
                onClick={() => setPictures(pictures.filter((each) => each !== picture))}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className={styles.write} onSubmit={submit}>
        <button
          type="button"
          className={styles.add}
          aria-label="Add a picture"
          onClick={() => file.current?.click()}
        >
          <ImagePlus aria-hidden="true" />
        </button>
        <input
          ref={file}
          type="file"
          accept="image/png,image/jpeg,image/gif,image/webp"
          hidden
          onChange={(event) => {
            upload(event.target.files);
            event.target.value = '';
          }}
        />
        <textarea
          rows={1}
          className={styles.input}
          aria-label="Text message"
          placeholder="Text message"
          value={text}
          dir="auto"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={styles.send}
          aria-label="Send"
          disabled={text.trim() === '' && pictures.length === 0}
        >
          <ArrowUp aria-hidden="true" />
        </button>
      </form>
    </div>
  );
}
