import {
  follow,
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { type Finding, nameOf, phrase } from "./phrase.ts";
import type { Reason } from "./refusal.ts";
import type { Schemas } from "./schemas.ts";

/** More reasons than anyone reads; a request can hold a million mistakes. */
const MOST_REASONS = 100;

/** Keywords that lead to other schemas: they are walked, so that a reason says which branch it belongs to. */
const WALKED = ["$ref", "$defs", "allOf", "anyOf", "oneOf", "if", "then", "else", "properties", "items"];

/** Every reason why a value does not fit the schema at `pointer`, in the order of the schema. */
export function explain(
  document: OpenApiDocument,
  schemas: Schemas,
  pointer: string,
  value: Json,
): readonly Finding[] {
  const found = new Map<string, Finding>();
  const walk = new Walk(document, schemas, (finding) => {
    found.set(`${finding.code} ${finding.path}`, found.get(`${finding.code} ${finding.path}`) ?? finding);
    return found.size < MOST_REASONS;
  });
  walk.visit(follow(document, { node: { $ref: `#${encode(pointer)}` }, pointer }), value, [], undefined);
  if (found.size > 0) return [...found.values()];
  // Rules that hold between keywords have no place of their own in the walk.
  schemas.at(pointer)(value);
  return (schemas.at(pointer).errors ?? [])
    .slice(0, MOST_REASONS)
    .map((error) => phrase(error, "", undefined));
}

/** What is told to the caller. */
export function asReason({ path, code, text, because }: Finding): Reason {
  return { path, code, message: because === undefined ? text : `${text}. ${because}` };
}

class Walk {
  readonly #document: OpenApiDocument;
  readonly #schemas: Schemas;
  readonly #report: (finding: Finding) => boolean;
  #going = true;

  constructor(document: OpenApiDocument, schemas: Schemas, report: (finding: Finding) => boolean) {
    this.#document = document;
    this.#schemas = schemas;
    this.#report = report;
  }

  visit(schema: Located, value: Json, path: readonly string[], because: string | undefined): void {
    const { node, pointer } = schema;
    if (!this.#going) return;
    if (!isObject(node)) {
      if (node === false)
        this.#found({
          path: formatPointer(path),
          code: "false",
          text: `${nameOf(path)} is not allowed`,
          because,
        });
      return;
    }
    if (typeof node["$ref"] === "string") this.visit(follow(this.#document, schema), value, path, because);
    for (const finding of this.#own(node, pointer, value, path, because)) this.#found(finding);
    for (const branch of branches(node, pointer, "allOf")) this.visit(branch, value, path, because);
    for (const keyword of ["anyOf", "oneOf"])
      this.#alternatives(branches(node, pointer, keyword), keyword, value, path, because);
    this.#condition(node, pointer, value, path, because);
    this.#children(node, pointer, value, path, because);
  }

  #found(finding: Finding): void {
    this.#going = this.#report(finding) && this.#going;
  }

  #own(
    node: JsonObject,
    pointer: string,
    value: Json,
    path: readonly string[],
    because: string | undefined,
  ): Finding[] {
    const rules = Object.fromEntries(Object.entries(node).filter(([keyword]) => !WALKED.includes(keyword)));
    const errors = this.#schemas.broken(pointer, rules, value);
    // A value of the wrong type breaks rules that mean nothing for it.
    const wrongType = errors.filter(({ keyword }) => keyword === "type");
    const told = wrongType.length > 0 ? wrongType : errors;
    return told.map((error) => phrase(error, formatPointer(path), because));
  }

  #condition(
    node: JsonObject,
    pointer: string,
    value: Json,
    path: readonly string[],
    because: string | undefined,
  ): void {
    if (node["if"] === undefined) return;
    const branch = this.#schemas.at(`${pointer}/if`)(value) ? "then" : "else";
    const schema = node[branch];
    const rule = typeof node["description"] === "string" ? node["description"].trim() : because;
    if (schema !== undefined)
      this.visit({ node: schema, pointer: `${pointer}/${branch}` }, value, path, rule);
  }

  #children(
    node: JsonObject,
    pointer: string,
    value: Json,
    path: readonly string[],
    because: string | undefined,
  ): void {
    if (isObject(value) && isObject(node["properties"])) {
      for (const [name, schema] of Object.entries(node["properties"])) {
        const child = Object.hasOwn(value, name) ? value[name] : undefined;
        if (child === undefined) continue;
        this.visit(
          { node: schema, pointer: `${pointer}${formatPointer(["properties", name])}` },
          child,
          [...path, name],
          because,
        );
      }
    }
    if (Array.isArray(value) && node["items"] !== undefined && node["prefixItems"] === undefined) {
      for (const [index, child] of value.entries()) {
        if (!this.#going) return;
        this.visit(
          { node: node["items"], pointer: `${pointer}/items` },
          child,
          [...path, String(index)],
          because,
        );
      }
    }
  }

  /** Of several ways, none of which is met, tells what is missing for the one that the caller seems to have meant. */
  #alternatives(
    schemas: readonly Located[],
    keyword: string,
    value: Json,
    path: readonly string[],
    because: string | undefined,
  ): void {
    if (schemas.length === 0) return;
    const met = schemas.filter(({ pointer }) => this.#schemas.at(pointer)(value)).length;
    if (met === 1 || (met > 1 && keyword === "anyOf")) return;
    const here = formatPointer(path);
    if (met > 1) {
      this.#found({
        path: here,
        code: keyword,
        text: `${nameOf(path)} fits more than one of the forms that exclude each other`,
        because,
      });
      return;
    }
    const failures = schemas.map((schema) => this.#failures(schema, value, path, because));
    const begun = failures.filter((branch) => branch.every(({ code, path: at }) => !isAbout(code, at, here)));
    const [meant] = begun;
    if (meant !== undefined && begun.length === 1) {
      for (const finding of meant) this.#found(finding);
      return;
    }
    const missing = failures.map((branch) =>
      branch.filter(({ code }) => code === "required").map(({ path: at }) => dotted(at)),
    );
    const text = missing.every((names) => names.length > 0)
      ? `${missing.map((names) => names.join(" and ")).join(" or ")} is missing: one of them is needed`
      : `${nameOf(path)} fits none of the forms that are allowed: ${[...new Set(failures.flat().map((finding) => finding.text))].join("; or ")}`;
    this.#found({ path: here, code: keyword, text, because });
  }

  #failures(schema: Located, value: Json, path: readonly string[], because: string | undefined): Finding[] {
    const findings: Finding[] = [];
    const walk = new Walk(this.#document, this.#schemas, (finding) => findings.push(finding) < MOST_REASONS);
    walk.visit(schema, value, path, because);
    return findings;
  }
}

/** Whether a finding says that the value here is of another form, not that a form is filled in wrongly. */
function isAbout(code: string, at: string, here: string): boolean {
  return (code === "required" && at.lastIndexOf("/") === here.length) || at === here;
}

function branches(node: JsonObject, pointer: string, keyword: string): Located[] {
  const list = node[keyword];
  if (!Array.isArray(list)) return [];
  return list.map((branch, index) => ({ node: branch, pointer: `${pointer}/${keyword}/${index}` }));
}

function dotted(pointer: string): string {
  return nameOf(pointer.slice(1).split("/"));
}

function encode(pointer: string): string {
  return pointer.split("/").map(encodeURIComponent).join("/");
}
