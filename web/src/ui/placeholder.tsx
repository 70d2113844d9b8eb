import type { ReactNode } from 'react';
import { Button } from './button.js';
import styles from './placeholder.module.css';

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly act: () => void };
  readonly level?: 'page' | 'part';
}

/** A place without content says why, and what to do. */
export function Empty({ icon, title, children, action, level = 'part' }: EmptyProps) {
  return (
    <div className={styles.empty} data-level={level}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {action && <Button onPress={action.act}>{action.label}</Button>}
    </div>
  );
}

/** Grey rows while something loads; they show only when it takes longer than 150 ms. */
export function Skeleton({
  rows = 6,
  shape = 'row',
  label,
}: {
  rows?: number;
  shape?: 'row' | 'bubble' | 'line';
  label: string;
}) {
  return (
    <div className={styles.skeletons} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.skeleton} data-shape={shape} data-odd={index % 2 === 1}>
          {shape === 'row' && <span className={styles.dot} />}
          <span className={styles.bars}>
            <span className={styles.bar} />
            <span className={styles.bar} />
          </span>
        </div>
      ))}
    </div>
  );
}
