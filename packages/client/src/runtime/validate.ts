/** An error as the generated validators report it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/**
 * A generated validator. What it found stands in `errors` until it is called again.
 * @public for generated source
 */
export interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
