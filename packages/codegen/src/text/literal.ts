import { isObject, type Json } from "@dots-payouts/openapi";

/** A JSON value as idiomatic TypeScript. */
export function literal(value: Json, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${name(key)}: ${literal(item, inner)}`);
  const line = `{ ${entries.join(", ")} }`;
  if (line.length < 60 && !line.includes("\n")) return line;
  return `{\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${indent}}`;
}

function name(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
