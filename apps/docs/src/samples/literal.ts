import type { Json } from "@dots-payouts/openapi";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A value as a JavaScript literal: names without quotes if possible, and on one line if short. */
export function javaScriptLiteral(value: Json, indent = ""): string {
  return literal(value, indent, {
    name: (key) => (IDENTIFIER.test(key) ? key : JSON.stringify(key)),
    scalar: (scalar) => JSON.stringify(scalar),
    spaced: true,
  });
}

/** A value as a Python literal. JSON strings are Python strings too. */
export function pythonLiteral(value: Json, indent = ""): string {
  const constants = new Map<Json, string>([
    [null, "None"],
    [true, "True"],
    [false, "False"],
  ]);
  return literal(value, indent, {
    name: (key) => JSON.stringify(key),
    scalar: (scalar) => constants.get(scalar) ?? JSON.stringify(scalar),
    spaced: false,
  });
}

interface Dialect {
  readonly name: (key: string) => string;
  readonly scalar: (value: null | boolean | number | string) => string;
  /** Whether there are spaces inside braces. */
  readonly spaced: boolean;
}

const SHORT = 60;

function literal(value: Json, indent: string, dialect: Dialect): string {
  if (typeof value !== "object" || value === null) return dialect.scalar(value);
  const deeper = dialect.spaced ? `${indent}  ` : `${indent}    `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const parts = Array.isArray(value)
    ? value.map((item) => literal(item, deeper, dialect))
    : Object.entries(value).map(([key, item]) => `${dialect.name(key)}: ${literal(item, deeper, dialect)}`);
  const space = dialect.spaced && !Array.isArray(value) && parts.length > 0 ? " " : "";
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  if (line.length <= SHORT && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}`;
}
