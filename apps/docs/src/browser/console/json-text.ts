/** A number as it was written: a JavaScript number can't represent all digits. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON value without any loss. Objects are maps, so that a field may be called `__proto__`. */
export type JsonValue = null | boolean | string | NumberText | JsonValue[] | Map<string, JsonValue>;

const SPACE = /[\t\n\r ]*/y;
// A rough pattern: JSON.parse decides about the contents.
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS = new Map<string, JsonValue>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Parses a text; `undefined` if it is not JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const reader = new Reader(text);
    const value = reader.value();
    return reader.isAtEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#take(SPACE);
    return this.#at === this.#text.length;
  }

  value(): JsonValue {
    this.#take(SPACE);
    const word = this.#take(WORD);
    if (word !== undefined) return WORDS.get(word) ?? null;
    const number = this.#take(NUMBER);
    if (number !== undefined) return new NumberText(number);
    if (this.#skip("[")) return this.#items();
    if (this.#skip("{")) return this.#fields();
    return this.#string();
  }

  #items(): JsonValue[] {
    const items: JsonValue[] = [];
    while (!this.#skip("]")) {
      if (items.length > 0) this.#expect(",");
      items.push(this.value());
    }
    return items;
  }

  #fields(): Map<string, JsonValue> {
    const fields = new Map<string, JsonValue>();
    while (!this.#skip("}")) {
      if (fields.size > 0) this.#expect(",");
      this.#take(SPACE);
      const name = this.#string();
      this.#expect(":");
      fields.set(name, this.value());
    }
    return fields;
  }

  #string(): string {
    const text = this.#take(STRING);
    if (text === undefined) throw new SyntaxError("a value is needed");
    return String(JSON.parse(text));
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skip(character: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) throw new SyntaxError(`${character} is needed`);
  }
}

/** A value as JSON, on several lines. */
export function writeJson(value: JsonValue, indent = ""): string {
  if (value instanceof NumberText) return value.text;
  const deeper = `${indent}  `;
  const lines = (open: string, parts: readonly string[], close: string): string =>
    parts.length === 0
      ? open + close
      : `${open}\n${parts.map((part) => deeper + part).join(",\n")}\n${indent}${close}`;
  if (Array.isArray(value)) {
    return lines(
      "[",
      value.map((item) => writeJson(item, deeper)),
      "]",
    );
  }
  if (value instanceof Map) {
    const parts = [...value].map(([name, item]) => `${JSON.stringify(name)}: ${writeJson(item, deeper)}`);
    return lines("{", parts, "}");
  }
  return JSON.stringify(value);
}

/** The value at a path; `undefined` if there is none. */
export function valueAt(root: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, name) => (value instanceof Map ? value.get(name) : undefined),
    root,
  );
}

/** A copy with a value at a path. Missing objects on the way are created. */
export function withValue(root: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const fields = root instanceof Map ? root : new Map<string, JsonValue>();
  return new Map([...fields, [name, withValue(fields.get(name), rest, value)]]);
}

/** A copy without the value at a path, and without objects that become empty. */
export function withoutValue(root: JsonValue | undefined, path: readonly string[]): JsonValue {
  const [name, ...rest] = path;
  const fields = new Map(root instanceof Map ? root : []);
  if (name === undefined) return fields;
  const inner = rest.length === 0 ? undefined : withoutValue(fields.get(name), rest);
  if (inner === undefined || (inner instanceof Map && inner.size === 0)) fields.delete(name);
  else fields.set(name, inner);
  return fields;
}
