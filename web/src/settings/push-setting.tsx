import { useEffect, useState } from 'react';
import { sentenceOf } from '../api/problem.js';
import { subscribe, subscription, unsubscribe } from '../pwa/push.js';
import { Switch } from '../ui/switch.js';
import styles from './settings-page.module.css';

export function PushSetting({ vapidPublicKey }: { vapidPublicKey: string | null }) {
  const [on, setOn] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const possible = 'PushManager' in globalThis && 'serviceWorker' in navigator;
  useEffect(() => {
    if (possible) void subscription().then((current) => setOn(current !== null));
  }, [possible]);

  if (vapidPublicKey === null)
    return <p className={styles.sub}>Push is not set up on this server. Ask your Admin.</p>;
  if (!possible) {
    return (
      <p className={styles.sub}>
        This browser cannot show notifications here. On an iPhone, add Partyline to the home screen first.
      </p>
    );
  }
  const change = (wanted: boolean) => {
    setError(null);
    setOn(wanted);
    (wanted ? subscribe(vapidPublicKey) : unsubscribe()).catch((failure: unknown) => {
      setOn(!wanted);
      setError(
        failure instanceof DOMException
          ? 'The browser did not allow it. See its site settings.'
          : sentenceOf(failure),
      );
    });
  };
  return (
    <>
      <Switch
        label="Push notifications"
        hint="New texts on Unassigned, on yours, and what is handed to you, also when Partyline is closed."
        on={on}
        onChange={change}
      />
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
