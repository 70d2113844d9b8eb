/** What is wrong with one field of a record; `path` as the client sent it: `options.0.to.id`. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}
