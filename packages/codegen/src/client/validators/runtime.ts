import { isMultiple } from "@dots-payouts/openapi";

/** What compiled validators call while they run, as source: a user of the client has neither Ajv nor packages/openapi. */
const RUNTIME = new Map([
  // JSON Schema counts characters, not the halves that some of them are made of.
  ["ucs2length", "(text) => [...text].length"],
  ["isMultiple", isMultiple.toString()],
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

const IMPORT = /require\("(?:ajv\/dist\/runtime\/(\w+)"\)\.default|@dots-payouts\/openapi"\)\.(\w+))/g;

/**
 * The code of validators with what they would import written before it.
 * @throws Error if they ask for something that is not known here.
 */
export function withRuntime(code: string): string {
  const wanted = new Set<string>();
  const local = code.replaceAll(IMPORT, (_, ajvs: string | undefined, ours: string | undefined) => {
    const name = ajvs ?? ours ?? "";
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
