/** A rule of the API that a value breaks. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the place; empty for the value as a whole. */
  readonly path: string;
  /** What is wrong, in words. */
  readonly message: string;
}

/** An error as the generated validators report it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * A generated validator. What it found is in `errors` until it is called again.
 * @public for generated source
 */
export interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
