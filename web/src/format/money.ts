/** `0.0158` as people here write that much money. Exact: a decimal never becomes a fraction of two. */
export function moneyOf(amount: string, currency: string): string {
  const style = { style: 'currency', currency, maximumFractionDigits: 6 } as const;
  return new Intl.NumberFormat(undefined, style).format(amount as `${number}`);
}
