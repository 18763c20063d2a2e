import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  asDocument,
  eachNode,
  formatPointer,
  getAt,
  isObject,
  type Json,
  removeAt,
  setAt,
} from "@dots-payouts/openapi";
import { type Bump, type Change, compareDocuments, floorOf } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";

const file = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
const spec = asDocument(JSON.parse(await readFile(file, "utf8")));

/** The places in the description where an edit can be made. */
function places(where: (node: Record<string, Json>, pointer: string) => boolean): string[] {
  const found: string[] = [];
  eachNode(spec, (node, { pointer }) => {
    if (where(node, pointer)) found.push(pointer);
  });
  return found;
}

function changes(edited: Json): Change[] {
  return compareDocuments(spec, asDocument(edited));
}

function bump(edited: Json): Bump {
  return floorOf(changes(edited), "1.0.0");
}

const parameters = places((node) => typeof node["in"] === "string" && node["name"] !== undefined);
const responses = places((_, pointer) => /^\/paths\/.*\/responses\/2\d\d$/.test(pointer));
const references = places(
  (node, pointer) => typeof node["$ref"] === "string" && pointer.startsWith("/components/schemas"),
);

/** One of the places, so that the edit changes something. */
function one(list: readonly string[]): string {
  const place = list[Math.floor(list.length / 2)];
  if (place === undefined) throw new Error("the description of the API has no such place");
  return place;
}

describe("an edit of the real description", () => {
  it("is no change if a reference is replaced by its target", () => {
    // One reference to each schema that does not contain itself.
    const targets = new Map(references.map((pointer) => [String(getAt(spec, `${pointer}/$ref`)), pointer]));
    for (const [reference, pointer] of [...targets].slice(0, 3)) {
      const target = getAt(spec, reference.slice(1)) ?? null;
      const beside = getAt(spec, pointer);
      if (isObject(beside) && Object.keys(beside).length > 1) continue;
      expect(changes(setAt(spec, pointer, target)), pointer).toEqual([]);
    }
  });

  it("is no change if the order of keys changes", () => {
    const turned = (node: Json): Json => {
      if (Array.isArray(node)) return node.map(turned);
      if (!isObject(node)) return node;
      return Object.fromEntries(
        Object.entries(node)
          .reverse()
          .map(([key, value]) => [key, turned(value)]),
      );
    };
    expect(changes(turned(spec))).toEqual([]);
  });

  it("is a minor if a response gets a header, and a patch if its description is reworded", () => {
    const place = `${one(responses)}/headers/X-New`;
    const added = asDocument(setAt(spec, place, { description: "The ID.", schema: { type: "string" } }));
    expect(bump(added)).toBe("minor");
    const reworded = asDocument(setAt(added, `${place}/description`, "An ID."));
    expect(floorOf(compareDocuments(added, reworded), "1.0.0")).toBe("patch");
  });

  it("is a minor if a parameter is deprecated", () => {
    expect(bump(setAt(spec, `${one(parameters)}/deprecated`, true))).toBe("minor");
  });

  it("is a minor if an event is added, and a patch if one is reworded", () => {
    const webhooks = getAt(spec, "/webhooks");
    const name = one(Object.keys(isObject(webhooks) ? webhooks : {}));
    const place = formatPointer(["webhooks", name]);
    const before = asDocument(removeAt(spec, place));
    expect(floorOf(compareDocuments(before, spec), "1.0.0")).toBe("minor");
    expect(bump(setAt(spec, `${place}/post/description`, "Reworded."))).toBe("patch");
  });

  it("is a major if callers need another scope, and if a path moves to another server", () => {
    const secured = (scopes: Json): Json => {
      const scheme = {
        type: "oauth2",
        flows: { clientCredentials: { tokenUrl: "https://a.test", scopes: {} } },
      };
      const declared = setAt(spec, "/components/securitySchemes/other", scheme);
      return setAt(declared, "/security", [{ other: scopes }]);
    };
    const before = asDocument(secured(["read"]));
    const found = compareDocuments(before, asDocument(secured(["read", "write"])));
    expect(floorOf(found, "1.0.0")).toBe("major");
    const path = one(places((_, pointer) => /^\/paths\/[^/]+$/.test(pointer)));
    expect(bump(setAt(spec, `${path}/servers`, [{ url: "https://other.test" }]))).toBe("major");
  });
});
