import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '../ui/button.js';
import { Field } from '../ui/field.js';
import styles from './admin-page.module.css';
import prices from './price-fields.module.css';
import { NEW_PLACE, type PlaceForm, type PriceForm } from './price-form.js';

interface Props {
  readonly value: PriceForm;
  readonly onChange: (value: PriceForm) => void;
}

/** What the company pays the carrier, for estimates: by the segment, by the MMS, by where the recipient is. */
export function PriceFields({ value, onChange }: Props) {
  const set = (change: Partial<PriceForm>) => onChange({ ...value, ...change });
  const setPlace = (index: number, change: Partial<PlaceForm>) =>
    set({ places: value.places.map((place, at) => (at === index ? { ...place, ...change } : place)) });
  const used = [value.sms, value.mms].some((price) => price !== '') || value.places.length > 0;
  return (
    <fieldset className={styles.part}>
      <legend>Prices (optional)</legend>
      <p className={styles.sub}>
        What you pay the carrier. Whoever replies sees what a text costs, and this page what all of them did.
      </p>
      <div className={prices.row}>
        <Field
          label="Currency"
          placeholder="USD"
          maxLength={3}
          required={used}
          value={value.currency}
          onChange={({ target }) => set({ currency: target.value })}
        />
        <Field
          label="SMS, per segment"
          placeholder="0.0079"
          inputMode="decimal"
          value={value.sms}
          onChange={({ target }) => set({ sms: target.value })}
        />
        <Field
          label="MMS"
          placeholder="0.02"
          inputMode="decimal"
          value={value.mms}
          onChange={({ target }) => set({ mms: target.value })}
        />
      </div>
      {value.places.map((place, index) => (
        // Rows have no names of their own, and are only added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <div
          className={prices.row}
          key={index}
          role="group"
          aria-label={`Prices for ${place.to || 'a place'}`}
        >
          <Field
            label="To"
            placeholder="GB or +44"
            maxLength={9}
            required
            value={place.to}
            onChange={({ target }) => setPlace(index, { to: target.value })}
          />
          <Field
            label="SMS, per segment"
            inputMode="decimal"
            value={place.sms}
            onChange={({ target }) => setPlace(index, { sms: target.value })}
          />
          <Field
            label="MMS"
            inputMode="decimal"
            value={place.mms}
            onChange={({ target }) => setPlace(index, { mms: target.value })}
          />
          <IconButton
            label={`Remove the prices for ${place.to || 'this place'}`}
            icon={<X aria-hidden="true" />}
            tip="above"
            align="end"
            onPress={() => set({ places: value.places.filter((_place, at) => at !== index) })}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onPress={() => set({ places: [...value.places, NEW_PLACE] })}
        >
          Other prices for a country
        </Button>
      </div>
    </fieldset>
  );
}
