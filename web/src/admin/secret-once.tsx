import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { announce } from '../state/announcer.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';

/** A secret that is shown this one time. */
export function SecretOnce({ secret, what, onClose }: { secret: string; what: string; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Plain http has no clipboard; the text can be selected there.
    void navigator.clipboard?.writeText(secret).then(
      () => {
        setCopied(true);
        announce('Copied');
      },
      () => undefined,
    );
  };
  return (
    <div className={styles.form}>
      <p>Copy it now and keep it safe. Nobody gets to see this {what} again.</p>
      <code className={styles.secret} aria-label={`The ${what}`}>
        {secret}
      </code>
      <div className={styles.buttons}>
        <Button icon={copied ? <Check /> : <Copy />} onPress={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button variant="primary" onPress={onClose}>
          I have it
        </Button>
      </div>
    </div>
  );
}
