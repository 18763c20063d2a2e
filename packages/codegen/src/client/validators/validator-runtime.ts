/** What compiled validators ask of ajv while they run, as source: a user of the client has no ajv. */
const RUNTIME = new Map([
  // JSON Schema counts characters, not the halves that some of them are made of.
  ["ucs2length", "(text) => [...text].length"],
  [
    "equal",
    `function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  );
}`,
  ],
]);

/**
 * The code of validators with what they would import written before it.
 * @throws Error when they ask for something that is not known here.
 */
export function withRuntime(code: string): string {
  const wanted = new Set<string>();
  const local = code.replaceAll(/require\("ajv\/dist\/runtime\/(\w+)"\)\.default/g, (_, name: string) => {
    wanted.add(name);
    return name;
  });
  return [...wanted].map(declare).join("") + local;
}

function declare(name: string): string {
  const source = RUNTIME.get(name);
  if (source === undefined) throw new Error(`the validators need ${name}, which is not written yet`);
  return `const ${name} = ${source};\n`;
}
