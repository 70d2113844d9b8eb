import { StickyNote } from 'lucide-react';
import { clock, fullMoment } from '../format/time.js';
import styles from './bubble.module.css';
import type { NoteRow } from './rows.js';

/** Between colleagues only; it must never be taken for something that the customer reads. */
export function Note({ note }: { note: NoteRow }) {
  return (
    <article className={styles.note} aria-label={`Internal note by ${note.author.name}`}>
      <header className={styles.noteHead}>
        <StickyNote aria-hidden="true" />
        <span className={styles.noteAuthor}>{note.author.name}</span>
        <span>Internal note</span>
        <time className={styles.noteTime} dateTime={note.at} title={fullMoment(note.at)}>
          {clock(note.at)}
        </time>
      </header>
      <p className={styles.text} dir="auto">
        {note.text}
      </p>
    </article>
  );
}
