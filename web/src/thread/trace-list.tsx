import {
  Building2,
  CalendarClock,
  Hash,
  Inbox,
  ListTree,
  PhoneForwarded,
  TriangleAlert,
  User,
  Users,
} from 'lucide-react';
import type { RouteStep } from '../api/types.js';
import { withPhones } from '../format/phone.js';
import styles from './trace-list.module.css';

const ICONS: Record<RouteStep['step'], typeof Hash> = {
  number: Hash,
  department: Building2,
  ring_group: PhoneForwarded,
  welcome_menu: ListTree,
  schedule: CalendarClock,
  member: User,
  everyone: Users,
  unrouted: TriangleAlert,
  inbox: Inbox,
};

/** The way of a text from its number to an inbox, step by step. */
export function TraceList({ steps }: { steps: readonly RouteStep[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => {
        const Icon = ICONS[step.step];
        return (
          <li key={`${step.step} ${index}`} className={styles.step} data-step={step.step}>
            <span className={styles.icon}>
              <Icon aria-hidden="true" />
            </span>
            <span>{withPhones(step.text)}</span>
          </li>
        );
      })}
    </ol>
  );
}
