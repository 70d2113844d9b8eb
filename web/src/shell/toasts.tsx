import { CircleAlert, CircleCheck, Info, UserRoundCheck, X } from 'lucide-react';
import { dismissToast, toasts, type Toast } from '../state/toasts.js';
import { useValue } from '../state/value-store.js';
import styles from './toasts.module.css';

const ICONS = { info: Info, success: CircleCheck, conflict: UserRoundCheck, error: CircleAlert } as const;

export function Toasts() {
  const list = useValue(toasts);
  return (
    <div className={styles.region} role="region" aria-label="Messages" aria-live="polite">
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const Icon = ICONS[toast.kind];
  return (
    <div className={styles.toast} data-kind={toast.kind} data-actions={toast.actions.length}>
      <Icon className={styles.icon} aria-hidden="true" />
      <p className={styles.text}>{toast.text}</p>
      <div className={styles.actions}>
        {toast.actions.map((action) => (
          <button
            key={action.label}
            type="button"
            className={styles.action}
            onClick={() => {
              dismissToast(toast.id);
              action.act();
            }}
          >
            {action.label}
          </button>
        ))}
      </div>
      <button
        type="button"
        className={styles.close}
        aria-label="Dismiss"
        onClick={() => dismissToast(toast.id)}
      >
        <X aria-hidden="true" />
      </button>
    </div>
  );
}
