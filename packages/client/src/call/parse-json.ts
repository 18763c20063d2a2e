/** A value in a box, to tell it from none. Its type is what the spec promises, unchecked. */
export interface Parsed<Type> {
  readonly value: Type;
}

/** The JSON object or array that a text is. Other values are not what an API answers with, but for a few. */
export function parseJson<Type>(text: string): Parsed<Type> | undefined {
  const parsed = parseAny<Type>(text);
  return parsed && Object(parsed.value) === parsed.value ? parsed : undefined;
}

/** The JSON value that a text is. */
export function parseAny<Type>(text: string): Parsed<Type> | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
