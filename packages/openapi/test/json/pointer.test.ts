import { formatPointer, getAt, parsePointer, removeAt, setAt } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

describe("parsePointer and formatPointer", () => {
  it.each([
    ["", []],
    ["/", [""]],
    ["/a/b", ["a", "b"]],
    ["/a~1b", ["a/b"]],
    ["/m~0n", ["m~n"]],
    ["/~01", ["~1"]],
    ["/a//b", ["a", "", "b"]],
  ])("turn %j into tokens and back", (pointer, tokens) => {
    expect(parsePointer(pointer)).toEqual(tokens);
    expect(formatPointer(tokens)).toBe(pointer);
  });

  it("write numbers as indexes", () => {
    expect(formatPointer(["items", 0])).toBe("/items/0");
  });

  it.each(["a", "#/a", "/~", "/~2"])("refuse %j", (text) => {
    expect(() => parsePointer(text)).toThrow(SyntaxError);
  });
});

describe("getAt", () => {
  const root = { a: [{ b: null }], "": 1 };

  it.each([
    ["", root],
    ["/a/0/b", null],
    ["/", 1],
  ])("returns the value at %j", (pointer, value) => {
    expect(getAt(root, pointer)).toEqual(value);
  });

  it.each(["/x", "/a/1", "/a/00", "/a/-", "/a/length", "/a/0/b/c", "/constructor", "/__proto__"])(
    "returns nothing for %j",
    (pointer) => expect(getAt(root, pointer)).toBeUndefined(),
  );
});

describe("setAt", () => {
  it("leaves the original unchanged", () => {
    const root = { a: { b: 1 } };
    expect(setAt(root, "/a/b", 2)).toEqual({ a: { b: 2 } });
    expect(root).toEqual({ a: { b: 1 } });
  });

  it("creates missing objects", () => {
    expect(setAt({}, "/a/b", 1)).toEqual({ a: { b: 1 } });
    expect(setAt({ a: null }, "/a/b", 1)).toEqual({ a: { b: 1 } });
  });

  it("keeps the order of keys", () => {
    expect(JSON.stringify(setAt({ a: 1, b: 2 }, "/a", 3))).toBe('{"a":3,"b":2}');
  });

  it("replaces the whole value for the empty pointer", () => {
    expect(setAt({ a: 1 }, "", [])).toEqual([]);
  });

  it("sets and appends items of an array", () => {
    expect(setAt([1, 2], "/0", 3)).toEqual([3, 2]);
    expect(setAt([1], "/1", 2)).toEqual([1, 2]);
  });

  it.each(["/2", "/x", "/-1"])("refuses to set %s in an array of one", (pointer) => {
    expect(() => setAt([1], pointer, 0)).toThrow(RangeError);
  });

  it("sets an own property even for __proto__", () => {
    const made = setAt({}, "/__proto__/a", 1);
    expect(Object.hasOwn(Object(made), "__proto__")).toBe(true);
    expect(Object.hasOwn(Object.prototype, "a")).toBe(false);
  });
});

describe("removeAt", () => {
  it("leaves the original unchanged", () => {
    const root = { a: 1, b: 2 };
    expect(removeAt(root, "/a")).toEqual({ b: 2 });
    expect(root).toEqual({ a: 1, b: 2 });
  });

  it("removes objects that become empty", () => {
    expect(removeAt({ a: { b: { c: 1 } }, d: 1 }, "/a/b/c")).toEqual({ d: 1 });
    expect(removeAt({ a: { b: 1, c: 2 } }, "/a/b")).toEqual({ a: { c: 2 } });
    expect(removeAt({ a: 1 }, "/a")).toEqual({});
  });

  it("removes items of an array, and what they contain", () => {
    expect(removeAt([1, 2, 3], "/1")).toEqual([1, 3]);
    expect(removeAt({ a: [{ b: 1, c: 2 }] }, "/a/0/b")).toEqual({ a: [{ c: 2 }] });
  });

  it.each(["/x", "/a/x", "/b/7"])("changes nothing if there is nothing: %s", (pointer) => {
    expect(removeAt({ a: 1, b: [1] }, pointer)).toEqual({ a: 1, b: [1] });
  });
});
