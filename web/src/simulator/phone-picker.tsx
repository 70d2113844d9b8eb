import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { useState, type FormEvent } from 'react';
import { formatPhone } from '../format/phone.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import styles from './simulator-page.module.css';

const PHONES = ['+12125550199', '+12125550142', '+13105550177', '+12125550198'];

export function PhonePicker({ phone, onChoose }: { phone: string; onChoose: (phone: string) => void }) {
  const [text, setText] = useState(formatPhone(phone));
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parsePhoneNumberFromString(text, 'US');
    if (!parsed?.isPossible()) return setError('This is not a phone number.');
    setError(null);
    onChoose(parsed.number);
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
          <option key={each} value={formatPhone(each)} />
        ))}
      </datalist>
      <Button type="submit">Use this number</Button>
    </form>
  );
}
