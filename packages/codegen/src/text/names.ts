const RESERVED = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield".split(
    " ",
  ),
);

/** `thin-thing` and `thin_thing` become `ThinThing`: a name for a type. A text without a letter gives `_`. */
export function pascalCase(text: string): string {
  const name = words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return /^\p{ID_Start}/u.test(name) ? name : `_${name}`;
}

/** `ThinThing` and `thin-thing` become `thinThing`: a name for a value. */
export function camelCase(text: string): string {
  const name = pascalCase(text);
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  return RESERVED.has(camel) ? `${camel}_` : camel;
}

function words(text: string): string[] {
  return text.split(/(?:[^\p{ID_Continue}]|_)+/u).filter((word) => word !== "");
}
