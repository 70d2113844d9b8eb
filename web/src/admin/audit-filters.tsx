import styles from './admin-page.module.css';
import type { AuditFilter } from './audit-api.js';
import { KINDS } from './audit-words.js';
import filters from './audit-filters.module.css';

interface Props {
  readonly filter: AuditFilter;
  /** Names by id. */
  readonly people: ReadonlyMap<string, string>;
  readonly inboxes: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (filter: AuditFilter) => void;
}

/** What the trail is narrowed to; it holds as soon as it is chosen. */
export function AuditFilters({ filter, people, inboxes, onChange }: Props) {
  const choices = [
    { name: 'userId', label: 'Person', all: 'Everybody', options: [...people] },
    {
      name: 'inboxId',
      label: 'Inbox',
      all: 'All inboxes',
      options: inboxes.map(({ id, name }) => [id, name] as const),
    },
    { name: 'type', label: 'Kind', all: 'Everything', options: Object.entries(KINDS) },
  ] as const;
  const days = [
    { name: 'fromDay', label: 'From', min: '', max: filter.toDay },
    { name: 'toDay', label: 'Until', min: filter.fromDay, max: '' },
  ] as const;
  return (
    <form className={filters.bar} aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {choices.map(({ name, label, all, options }) => (
        <label key={name} className={styles.field}>
          {label}
          <select
            className={styles.select}
            value={filter[name]}
            onChange={({ target }) => onChange({ ...filter, [name]: target.value })}
          >
            <option value="">{all}</option>
            {options.map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </label>
      ))}
      {days.map(({ name, label, min, max }) => (
        <label key={name} className={styles.field}>
          {label}
          <input
            type="date"
            className={styles.select}
            value={filter[name]}
            min={min}
            max={max}
            onChange={({ target }) => onChange({ ...filter, [name]: target.value })}
          />
        </label>
      ))}
    </form>
  );
}
