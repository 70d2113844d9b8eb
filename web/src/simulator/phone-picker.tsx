import { useState, type FormEvent } from 'react';
import { formatPhone, toE164 } from '../format/phone.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import styles from './simulator-page.module.css';

const PHONES = ['+12125550199', '+12125550142', '+13105550177', '+12125550198'];

export function PhonePicker({ phone, onChoose }: { phone: string; onChoose: (phone: string) => void }) {
  const [text, setText] = useState(formatPhone(phone));
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const number = toE164(text);
    if (number === null) return setError('This is not a phone number.');
    setError(null);
    onChoose(number);
  };
  return (
    <form className={styles.picker} onSubmit={submit}>
      <Field
        label="The customer's number"
        type="tel"
        list="sim-phones"
        value={text}
        error={error}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id="sim-phones">
        {PHONES.map((each) => (
          <option key={each}>{formatPhone(each)}</option>
        ))}
      </datalist>
      <Button type="submit">Use this number</Button>
    </form>
  );
}
