import type { Attachment as File } from '@partyline/contracts';
import { FileText, ImageOff } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client.js';
import { previewOf } from '../composer/attached-files.js';
import styles from './bubble.module.css';

interface Props {
  readonly conversationId: string;
  readonly media: File;
  readonly from: string;
}

/** A picture, film, sound or file of a message; it comes through the gateway, never from the carrier itself. */
export function Attachment({ conversationId, media, from }: Props) {
  const [broken, setBroken] = useState(0);
  const [tries, setTries] = useState(0);
  const url = api.conversations.mediaUrl(conversationId, media.id) + (tries > 0 ? `?try=${tries}` : '');
  const small =
    api.conversations.mediaUrl(conversationId, media.id, 'small') + (tries > 0 ? `&try=${tries}` : '');
  const type = media.contentType ?? 'image/*';
  const fail = () => setBroken(tries + 1);

  if (broken > tries) {
    return (
      <p className={styles.broken}>
        <ImageOff aria-hidden="true" />
        <span>The {nameOf(type)} could not be loaded.</span>
        <button type="button" onClick={() => setTries(tries + 1)}>
          Try again
        </button>
      </p>
    );
  }
  if (type.startsWith('image/')) {
    return (
      <a href={url} target="_blank" rel="noreferrer" className={styles.picture}>
        <img src={previewOf(media.id) ?? small} alt={`From ${from}`} loading="lazy" onError={fail} />
      </a>
    );
  }
  if (type.startsWith('video/')) {
    return (
      <video className={styles.film} src={url} controls preload="metadata" onError={fail}>
        <track kind="captions" />
      </video>
    );
  }
  if (type.startsWith('audio/')) {
    return (
      <audio className={styles.sound} src={url} controls preload="metadata" onError={fail}>
        <track kind="captions" />
      </audio>
    );
  }
  return (
    <a href={url} target="_blank" rel="noreferrer" className={styles.file}>
      <FileText aria-hidden="true" />
      {nameOf(type)}
    </a>
  );
}

function nameOf(type: string): string {
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('audio/')) return 'sound';
  if (type.includes('pdf')) return 'PDF file';
  if (type.includes('vcard')) return 'contact card';
  return 'file';
}
