import { isObject } from "@dots-payouts/openapi";
import { stringifyYaml } from "@redocly/openapi-core";

const OPTIONS = { noRefs: true, lineWidth: -1 };
const INDENT = "  ";
/** YAML writes longer keys in another form. */
const LONGEST_KEY = 1_000;

/**
 * A value as YAML, character for character as Redocly writes it. A description repeats its keys and texts many times:
 * here Redocly spells each of them once, which takes less than half of the time.
 */
export function yamlText(value: unknown): string {
  const words: Words = { keys: new Set(), scalars: new Set() };
  if (!isObject(value) || !collect(value, words)) return stringifyYaml(value, OPTIONS);
  const text = `${write(value, "\n", true, spell(words))}\n`;
  // A document that ends with an empty line needs a mark at its end.
  return text.endsWith("\n\n") ? `${text}...\n` : text;
}

interface Words {
  readonly keys: Set<string>;
  readonly scalars: Set<unknown>;
}

/** Collects all keys and scalars; `false` if there is something that JSON doesn't have, or a key with its own form. */
function collect(value: unknown, words: Words): boolean {
  if (Array.isArray(value)) return value.every((item) => collect(item, words));
  if (!isObject(value)) {
    words.scalars.add(value);
    return value !== undefined && !Object.is(value, -0);
  }
  const prototype = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.keys(value).every((key) => {
      words.keys.add(key);
      return key.length <= LONGEST_KEY && !key.includes("\n") && collect(value[key], words);
    })
  );
}

interface Spelling {
  readonly keys: ReadonlyMap<string, string>;
  /** If they have several lines, these are indented once. */
  readonly scalars: ReadonlyMap<unknown, string>;
}

function spell(words: Words): Spelling {
  const [keys, scalars] = [[...words.keys], [...words.scalars]];
  // Keys in the shape of an index would change their order in an object. The last item ends the one before it.
  const pairs = stringifyYaml(
    keys.map((key) => ({ [key]: 0 })),
    OPTIONS,
  ).split(/: 0\n/);
  const items = `\n${stringifyYaml([...scalars, 0], OPTIONS)}`.split("\n- ");
  return {
    keys: new Map(keys.map((key, index) => [key, `${pairs[index]?.slice(2)}:`])),
    scalars: new Map(scalars.map((value, index) => [value, items[index + 1] ?? ""])),
  };
}

/**
 * @param line a line break, and the indentation of the value
 * @param isBegun whether the first line has begun: that of a list's item begins with the dash
 */
function write(value: unknown, line: string, isBegun: boolean, spelling: Spelling): string {
  const below = line + INDENT;
  // Joining the parts would copy the text on each level.
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) {
      if (!isBegun || text !== "") text += line;
      text += `- ${write(item, below, true, spelling)}`;
    }
    return text === "" ? "[]" : text;
  }
  if (isObject(value)) {
    for (const key of Object.keys(value)) {
      if (!isBegun || text !== "") text += line;
      const child = write(value[key], below, false, spelling);
      text += spelling.keys.get(key);
      text += child.startsWith("\n") ? child : ` ${child}`;
    }
    return text === "" ? "{}" : text;
  }
  const spelled = spelling.scalars.get(value) ?? "";
  return spelled.includes("\n") ? spelled.replaceAll(/\n(?=[^\n])/g, line.slice(0, -INDENT.length)) : spelled;
}
