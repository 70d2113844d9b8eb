import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOff, Plus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { Empty, Skeleton } from '../ui/placeholder.js';
import styles from './admin-page.module.css';

interface Props<T> {
  readonly title: string;
  readonly lead: ReactNode;
  readonly add: { readonly label: string; readonly act: () => void };
  /** What the list is of, in the middle of a sentence: "the webhooks". */
  readonly what: string;
  readonly items: UseQueryResult<readonly T[]>;
  /** Shown where there are none. */
  readonly none: { readonly icon: ReactNode; readonly title: string; readonly text: string };
  readonly children: (items: readonly T[]) => ReactNode;
}

/** A list that Admins keep, in all of its states: on its way, failed, empty, there. */
export function ListCard<T>({ title, lead, add, what, items, none, children }: Props<T>) {
  const heading = useId();
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <div className={styles.head}>
        <div>
          <h2 id={heading} className={styles.heading}>
            {title}
          </h2>
          <p className={styles.lead}>{lead}</p>
        </div>
        <Button icon={<Plus />} onPress={add.act}>
          {add.label}
        </Button>
      </div>
      {items.isPending ? (
        <Skeleton rows={3} label={`Loading ${what}`} />
      ) : items.isError ? (
        <Empty
          icon={<CloudOff />}
          title={`${what.charAt(0).toUpperCase()}${what.slice(1)} did not load`}
          action={{ label: 'Try again', act: () => void items.refetch() }}
        >
          {sentenceOf(items.error)}
        </Empty>
      ) : items.data.length === 0 ? (
        <Empty icon={none.icon} title={none.title}>
          {none.text}
        </Empty>
      ) : (
        children(items.data)
      )}
    </section>
  );
}
