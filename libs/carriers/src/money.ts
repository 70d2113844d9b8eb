/** A sum of money: whole millionths of a currency's unit, so that nothing is lost in adding and multiplying. */
export interface Cost {
  /** ISO 4217. */
  readonly currency: string;
  readonly millionths: number;
}

const DECIMAL = /^(\d{1,5})(?:\.(\d{1,6}))?$/;

/** `0.0079` as 7900; null where it is no price: at most five digits, and six after the point. */
export function millionthsOf(decimal: string): number | null {
  const [, whole, fraction = ''] = DECIMAL.exec(decimal) ?? [];
  return whole === undefined ? null : Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}

/** 7900 as `0.0079`. */
export function decimalOf(millionths: number): string {
  const fraction = String(millionths % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(millionths / 1_000_000));
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
