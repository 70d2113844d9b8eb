import type { CarrierAccountView } from '@partyline/contracts';
import { fullMoment } from '../format/time.js';
import { Field } from '../ui/field.js';
import styles from './admin-page.module.css';
import type { CarrierField } from './carrier-form.js';

interface Props {
  readonly field: CarrierField;
  readonly value: string;
  readonly account: CarrierAccountView | null;
  readonly onChange: (value: string) => void;
}

/** One thing that a carrier asks for. A secret that is set shows that it is, and nothing of it. */
export function CarrierFormField({ field, value, account, onChange }: Props) {
  const { name, kind, label, help, required, example, options } = field;
  if (name === 'mapping') {
    return (
      <label className={styles.field}>
        <span>{label}</span>
        <textarea
          className={`${styles.select} ${styles.code}`}
          rows={8}
          spellCheck={false}
          required={required}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
        <span className={styles.sub}>{help}</span>
      </label>
    );
  }
  if (options) {
    return (
      <label className={styles.field}>
        <span>{label}</span>
        <select
          className={styles.select}
          required={required}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          <option value="">{required ? 'Choose one' : 'As usual'}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
        <span className={styles.sub}>{help}</span>
      </label>
    );
  }
  const isSet = kind === 'secret' && account?.secretNames.includes(name) === true;
  const setAt = account?.secretsSetAt?.[name];
  const kept = isSet ? ` Set${setAt ? ` on ${fullMoment(setAt)}` : ''}; leave it empty to keep it.` : '';
  return (
    <Field
      label={required || kind === 'secret' ? label : `${label} (optional)`}
      type={kind === 'secret' ? 'password' : 'text'}
      autoComplete={kind === 'secret' ? 'new-password' : 'off'}
      required={required && !isSet}
      hint={help + kept}
      value={value}
      {...(example && { placeholder: example })}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
