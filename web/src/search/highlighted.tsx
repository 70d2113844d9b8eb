import { Fragment } from 'react';

/** A text with the places that were found in it. */
export function Highlighted({
  text,
  places = [],
}: {
  text: string;
  places?: readonly (readonly [number, number])[] | undefined;
}) {
  return (
    <span dir="auto">
      {places.map(([from, to], index) => (
        <Fragment key={from}>
          {text.slice(places[index - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(places.at(-1)?.[1] ?? 0)}
    </span>
  );
}
