import { isWithin } from "../src/compare/proof/proof.ts";

const doc = {
  s: { not: { type: "object", properties: { a: { not: { type: "null" } } } } },
  t: { not: { type: "object", properties: { a: { type: "array" } } } },
  u: { not: { type: "null" } },
  v: { type: "array" },
} as any;
const p = (k: string) => [{ document: doc, node: doc[k], pointer: "/" + k }];
(globalThis as any).TRACE = 1;
console.log(isWithin(p("t"), p("s")));
