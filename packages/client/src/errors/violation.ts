/** A rule of the API that a value breaks. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the place; empty for the value as a whole. */
  readonly path: string;
  readonly message: string;
}
