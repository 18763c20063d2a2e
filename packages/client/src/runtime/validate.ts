/** A rule of the API that a value breaks. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the invalid value; empty for the value as a whole. */
  readonly path: string;
  /** What is wrong, for people to read. */
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
 * A generated validator. Its findings are in `errors` until the next call.
 * @public for generated source
 */
export interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
