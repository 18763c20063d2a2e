/** A value in a box, to tell it from none. Its type is what the spec promises, unchecked. */
export interface Parsed<Type> {
  readonly value: Type;
}

/** The JSON object or array that a text is. Other values are not what an API answers with. */
export function parseJson<Type>(text: string): Parsed<Type> | undefined {
  try {
    const value = JSON.parse(text);
    return Object(value) === value ? { value } : undefined;
  } catch {
    return undefined;
  }
}
