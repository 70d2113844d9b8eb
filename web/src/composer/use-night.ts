import { useState } from 'react';
import { isAwake, nightSentence } from '../contact-time/local-time.js';
import { useContactTime } from '../contact-time/use-contact-time.js';
import type { Shown } from '../live/model.js';
import { live } from '../live/store.js';

export interface Night {
  /** What is to be said before sending; null: nothing, or not yet. */
  readonly warning: string | null;
  /** True where the sender has to think first; a second try goes through. */
  holdsBack(): boolean;
  /** The text went out: that it is night is not said again before the next one. */
  sent(): void;
  /** There is no draft any more. */
  dropped(): void;
}

/** Nobody wakes a customer without knowing it: asked once a night. */
export function useNight({ id, peers }: Shown): Night {
  const time = useContactTime(peers);
  const [warning, setWarning] = useState<string | null>(null);
  const [knownUntil, setKnownUntil] = useState(0);
  return {
    warning,
    holdsBack() {
      const now = Date.now();
      if (warning !== null || !time || now < knownUntil) return false;
      if (isAwake(live.get().timelines.get(id)?.items ?? [], now)) return false;
      const sentence = nightSentence(time, now);
      setWarning(sentence);
      return sentence !== null;
    },
    sent() {
      if (warning === null) return;
      setWarning(null);
      setKnownUntil(Date.parse(time?.quiet?.until ?? '') || 0);
    },
    dropped: () => setWarning(null),
  };
}
