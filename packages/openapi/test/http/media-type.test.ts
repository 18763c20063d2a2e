import {
  accepts,
  concreteType,
  contentFor,
  covers,
  essence,
  isJson,
  jsonContent,
  parameter,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

describe("isJson", () => {
  it.each([
    ["application/json", true],
    ["Application/JSON", true],
    ["application/json; charset=utf-8", true],
    [" application/json ;charset=utf-8", true],
    ["application/problem+json", true],
    ["application/vnd.tea.v2+json; profile=short", true],
    ["application/vnd.tea.v2+JSON", true],
    ["model/gltf+json", true],
    ["application/jsonl", false],
    ["application/json-seq", false],
    ["application/json-patch+xml", false],
    ["text/json", false],
    ["application/xml; schema=json", false],
    ["text/plain", false],
    ["application/*", false],
    ["*/*", false],
    ["", false],
  ])("returns for %j: %s", (type, expected) => {
    expect(isJson(type)).toBe(expected);
  });
});

describe("essence and parameter", () => {
  it.each([
    ["application/json", "application/json", undefined],
    ["Text/Plain; Charset=UTF-8", "text/plain", "utf-8"],
    ['text/plain; charset="utf-8"', "text/plain", "utf-8"],
    ["text/plain; a=b; charset=latin1", "text/plain", "latin1"],
    ["text/plain;charset", "text/plain", ""],
    ["text/plain; xcharset=utf-8", "text/plain", undefined],
  ])("split %j", (type, name, charset) => {
    expect(essence(type)).toBe(name);
    expect(parameter(type, "charset")).toBe(charset);
  });
});

describe("covers", () => {
  it.each([
    ["application/json", "application/json; charset=utf-8", true],
    ["application/json; v=2", "Application/JSON", true],
    ["application/*", "application/problem+json", true],
    ["Text/*", "text/plain", true],
    ["text/*", "application/json", false],
    ["text/*", "textual/plain", false],
    ["*/*", "image/png", true],
    ["*/*", "", false],
    ["application/json", "application/problem+json", false],
  ])("returns for %j and %j: %s", (declared, type, expected) => {
    expect(covers(declared, type)).toBe(expected);
  });
});

describe("contentFor", () => {
  const content = ["*/*", "text/*", "application/json", "text/html; v=1"].map((type) => ({ type }));

  it.each([
    ["application/json; charset=utf-8", "application/json"],
    ["TEXT/HTML", "text/html; v=1"],
    ["text/plain", "text/*"],
    ["image/png", "*/*"],
    ["", undefined],
  ])("returns the closest for %j: %s", (type, expected) => {
    expect(contentFor(content, type)?.type).toBe(expected);
  });

  it("returns nothing if no range covers the type", () => {
    expect(contentFor([{ type: "application/json" }], "text/plain")).toBeUndefined();
  });
});

describe("jsonContent", () => {
  it.each([
    [["text/plain", "application/problem+json", "application/json"], "application/problem+json"],
    [["*/*", "application/json"], "application/json"],
    [["text/*", "application/*"], "application/*"],
    [["*/*"], "*/*"],
    [["text/plain", "image/*"], undefined],
    [[], undefined],
  ])("returns for %j: %s", (types, expected) => {
    expect(jsonContent(types.map((type) => ({ type })))?.type).toBe(expected);
  });
});

describe("concreteType", () => {
  it.each([
    ["*/*", "application/json"],
    ["application/*", "application/json"],
    ["text/*", "text/plain"],
    ["application/problem+json", "application/problem+json"],
    ["text/plain; charset=utf-8", "text/plain; charset=utf-8"],
  ])("returns for %j: %s", (declared, sent) => {
    expect(concreteType(declared)).toBe(sent);
  });
});

describe("accepts", () => {
  it.each([
    [undefined, "application/json", true],
    ["*/*", "application/json", true],
    ["application/json", "application/json", true],
    ["text/html, application/*;q=0.8", "application/json", true],
    ["text/html", "application/json", false],
    ["application/json;q=0, */*", "application/json", false],
    ["*/*;q=0", "application/json", false],
    ["application/json", "application/*", true],
    ["text/html", "*/*", true],
  ])("returns for %j and %j: %s", (accept, type, expected) => {
    expect(accepts(accept, type)).toBe(expected);
  });
});
