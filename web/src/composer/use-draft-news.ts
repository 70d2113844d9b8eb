import { useState } from 'react';
import { contactTitle } from '../format/names.js';
import type { Shown } from '../live/model.js';
import { live, useLive } from '../live/store.js';
import { setDraftStart, useDraftStart } from '../state/draft-starts.js';
import { newsSentence, newsSince } from './news-since.js';

/** Before the thread is there: whatever it will begin with was there before the draft. */
const newestSeq = ({ id, seq }: Shown): number => live.get().timelines.get(id)?.items.at(-1)?.seq ?? seq;

export interface DraftNews {
  /** What is to be said before sending; null: nothing new, or it was said. */
  readonly warning: string | null;
  /** True where the sender has to look first; a second try goes through. */
  holdsBack(): boolean;
  /** To be told of every change of the draft. */
  changed(before: string, after: string): void;
  /** The news were looked at. */
  seen(): void;
}

/** Nobody answers what the customer, or a colleague, has overtaken: asked once before sending. */
export function useDraftNews(conversation: Shown, viewerId: string, draftId: string): DraftNews {
  const { id } = conversation;
  const start = useDraftStart(viewerId, draftId);
  const items = useLive((state) => state.timelines.get(id)?.items);
  const [asked, setAsked] = useState(false);
  const news = start === null || !items ? [] : newsSince(items, start, viewerId);
  const sentence = newsSentence(news, contactTitle(conversation));
  const seen = () => {
    setAsked(false);
    setDraftStart(viewerId, draftId, newestSeq(conversation));
  };
  return {
    warning: asked ? sentence : null,
    holdsBack() {
      if (asked || sentence === null) return false;
      setAsked(true);
      return true;
    },
    changed(before, after) {
      if (after.trim() === '') {
        setAsked(false);
        setDraftStart(viewerId, draftId, null);
      } else if (before.trim() === '') setDraftStart(viewerId, draftId, newestSeq(conversation));
    },
    seen,
  };
}
