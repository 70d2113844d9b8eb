/** Argon2id. */
export abstract class PasswordHasher {
  abstract hash(password: string): Promise<string>;
  /** Takes the same time whether there is a hash to compare with (null: there is no such account) or not. */
  abstract verify(hash: string | null, password: string): Promise<boolean>;
}
