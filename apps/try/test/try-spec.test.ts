import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, startServer } from "./pipeline.ts";

const STEPS = ["lint", "bundle", "types", "client", "mock", "contract suite", "docs"];
const THING = '{"name":"a"}';

/** The results by step; `works` where all do. */
function results(outcomes: Awaited<ReturnType<typeof run>>): unknown {
  expect(Object.keys(outcomes)).toEqual(STEPS);
  const others = Object.values(outcomes).filter(({ result }) => result !== "works");
  return others.length === 0 ? "works" : others;
}

describe("a description of OpenAPI 3.0", () => {
  it("works as 3.1 says the same", async () => {
    const outcomes = await run("plain-3.0", async ({ client, mock, compile }) => {
      compile(`
        const { animals, api } = new Dots({ environment: "server1" });
        const pet = await api.animalsAdd({ kind: "Cat", secret: "s", note: null, size: null, owner: null, lives: 9 });
        const id: number | undefined = pet.id;
        const secret: string | undefined = pet.secret;
        if (pet.kind === "Cat") { const lives: number | undefined = pet.lives; }
        // @ts-expect-error: a parent is an animal too
        await api.animalsAdd({ kind: "Cat", secret: "s", parent: 1 });
        // @ts-expect-error: there is no such kind
        await api.animalsAdd({ kind: "Cow", secret: "s" });
        const all: readonly unknown[] = await api.animalsList();
        const one: object = await animals.getAnimalsId(1);
      `);
      await using server = await mock();
      const { api } = await client(server.url);
      // In a schema that serves both ways, what is for one way only is required in neither.
      expect(await api?.["animalsAdd"]?.({ kind: "Cat", secret: "s" })).toEqual({
        kind: "Cat",
        id: 1,
        size: "small",
        note: null,
      });
      await expect(api?.["animalsAdd"]?.({ secret: "s" })).rejects.toMatchObject({ status: 400 });
    });
    expect(results(outcomes)).toBe("works");
    expect(outcomes["bundle"]?.detail).toMatch(/^OpenAPI 3\.0\.3, 3 operations, \d+ KiB$/);
  });
});

describe("parameters", () => {
  it("go where the description says, as it says", async () => {
    const outcomes = await run("parameters", async ({ client, mock, compile, folder }) => {
      const environments = readFileSync(
        join(folder, "packages/client/src/generated/environments.ts"),
        "utf8",
      );
      expect(environments).toContain('"https://eu.parameters.test/v1"');
      compile(`
        const { things, api } = new Dots({ baseUrl: "https://x.test" });
        const answer: { name: string } = await things.query("1", { commas: ["a"], spaces: [1], deep: true });
        const none: undefined = await things.delete("1", { name: "a" });
        await things.thing("1", { any: "thing" }, undefined, { headers: { "If-Match": "1" } });
        await things.search({ made: { from: 1 }, more: { page: 2 } });
        await things.order({ amount: 5, meta: { a: "b" } });
        // @ts-expect-error: a range begins somewhere
        await things.search({ made: { "to&": "z" } });
        // @ts-expect-error: an order has an amount
        await things.order({ tags: ["a"] });
        // @ts-expect-error: the header is required
        await things.thing("1", { any: "thing" }, undefined);
        // @ts-expect-error: a text is no number
        await things.query("1", { spaces: ["a"] });
        // @ts-expect-error: there is no such kind
        await api.getFilesNameKind("a", "doc");
      `);
      const thing = { status: 200, body: THING };
      const none = { status: 204 };
      await using server = await startServer([
        thing,
        thing,
        { status: 200 },
        none,
        thing,
        none,
        thing,
        thing,
        thing,
        thing,
        thing,
      ]);
      const { things, api, http } = await client(server.url);
      const query = {
        ...{ id: "b", "thing-id": "c", list: ["a&b", "c d"], commas: ["x,y", "z"], spaces: [1, 2] },
        ...{ pipes: ["|", "a"], $filter: "a/b?c", deep: false },
      };
      const call = { headers: { "X-Trace": "t", cookie: "session=s" } };
      expect(await things?.["query"]?.("a/ä?", query, call)).toEqual({ name: "a" });
      await http.GET("/things/{thing-id}", {
        params: { path: { "thing-id": "a/ä?" }, query: { commas: ["x,y", "z"], list: ["a", "b"] } },
      });
      expect(await things?.["look"]?.("1")).toBeUndefined();
      expect(await things?.["delete"]?.("1", { name: "n" })).toBeUndefined();
      await things?.["thing"]?.("1", { a: null }, undefined, { headers: { "If-Match": '"7"' } });
      await things?.["the2fa"]?.("1", { why: "w" });
      await things?.["thingsOpen"]?.(3);
      await api?.["getFilesNameKind"]?.("a.b", "pdf");
      const found = {
        made: { from: 1, "to&": "z" },
        size: { from: 2, "to&": "a,b" },
        more: { page: 2, all: false },
      };
      const order = { key: "k", amount: 5, tags: ["a b", "c&d"], codes: [1, 2], meta: { "e=": "ä" } };
      await things?.["search"]?.(found);
      await things?.["order"]?.(order);
      await http.POST("/orders", { body: order });
      expect(server.seen.map(({ line, body }) => `${line} ${body}`.trim())).toEqual([
        "GET /things/a%2F%C3%A4%3F?id=b&thing-id=c&list=a%26b&list=c%20d&commas=x%2Cy,z&spaces=1%202&pipes=%7C%7Ca&%24filter=a%2Fb%3Fc&deep=false",
        "GET /things/a%2F%C3%A4%3F?commas=x%2Cy,z&list=a&list=b",
        "HEAD /things/1",
        'PUT /things/1 {"name":"n"}',
        'PATCH /things/1 {"a":null}',
        'DELETE /things/1 {"why":"w"}',
        "POST /things/3:open",
        "GET /files/a.b.pdf",
        "GET /search?made%5Bfrom%5D=1&made%5Bto%26%5D=z&size=from,2,to%26,a%2Cb&page=2&all=false",
        "POST /orders key=k&amount=5&tags=a%20b&tags=c%26d&codes=1,2&meta%5Be%3D%5D=%C3%A4",
        "POST /orders key=k&amount=5&tags=a%20b&tags=c%26d&codes=1,2&meta%5Be%3D%5D=%C3%A4",
      ]);
      expect(server.seen.slice(9).map(({ headers }) => headers["content-type"])).toEqual([
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded",
      ]);
      expect(server.seen[0]?.headers["x-id"]).toBe("id");
      expect(server.seen[0]?.headers).toMatchObject({ "x-key": "key", "x-trace": "t", cookie: "session=s" });
      expect(server.seen[0]?.headers["authorization"]).toBeUndefined();
      // What asks for no credentials gets none.
      expect([server.seen[7]?.headers["x-key"], server.seen[7]?.headers["x-id"]]).toEqual([
        undefined,
        undefined,
      ]);
      expect(server.seen[4]?.headers).toMatchObject({
        "if-match": '"7"',
        "content-type": "application/merge-patch+json",
      });

      await using imitation = await mock();
      const mocked = await client(imitation.url);
      expect(await mocked["things"]?.["query"]?.("1", query)).toEqual({ name: "a" });
      expect(await mocked["things"]?.["delete"]?.("1", { name: "a" })).toBeUndefined();
      expect(await mocked["things"]?.["thingsOpen"]?.(3)).toEqual({ name: "a" });
      expect(await mocked["api"]?.["getFilesNameKind"]?.("a", "pdf")).toEqual({ name: "a" });
      expect(await mocked["things"]?.["search"]?.(found)).toEqual({ name: "a" });
      await expect(mocked["things"]?.["search"]?.({ ...found, size: { from: "x" } })).rejects.toMatchObject({
        status: 422,
      });
      expect(await mocked["things"]?.["order"]?.(order)).toEqual({ name: "a" });
      await expect(mocked["things"]?.["order"]?.({ amount: 0 })).rejects.toMatchObject({ status: 422 });
    });
    expect(results(outcomes)).toBe("works");
  });
});

describe("schemas, names and contents", () => {
  it("may be odd, recursive, and in files of their own; bodies are taken and given as the description says", async () => {
    const outcomes = await run("schemas", async ({ client, mock, compile, folder }) => {
      compile(`
        import { aBValues, isMoodValue, type AB, type AB_, type AB__, type ErrorBody_, type OddAnswer, type Pet } from "./index.ts";
        const { api, pets, constructor_, http_, 動物 } = new Dots({ environment: "server1" });
        const odd: OddAnswer = await 動物.数える({ constructor: "c", toString: 1, tuple: ["a", 1], größe: 1, "2fa": "x", class: true, nothing: null, either: 7 });
        const mixed: string | number | null | undefined = odd.mixed;
        const text: ErrorBody_ = await constructor_.constructor();
        const values: readonly ("x" | "y" | "z")[] = aBValues;
        const pet: Pet = { kind: "Dog", mood: "up", friends: [{ kind: "cat", lives: 7 }] };
        const answer = await api.postPets(pet);
        if (answer.kind === "Dog") { const mood: string = answer.mood; } else { const lives: number | undefined = answer.lives; }
        // @ts-expect-error: a tuple has its order
        await 動物.数える({ constructor: "c", toString: 1, tuple: [1, "a"] });
        // @ts-expect-error: there is no such mood
        await api.postPets({ kind: "Dog", mood: "sideways" });
        const maybe: { name: string } | undefined = await http_.sometimes();
        const list: number[] = await http_.list([1, 2]);
        const thing: { name: string } = await http_.call();
        const range: { name: string } = await http_.range();
        const plain: number | null = await http_.plain();
      `);

      const thing = { status: 200, body: THING };
      await using server = await startServer([
        ...[{ status: 201, body: THING }, thing, thing, { status: 204 }, { status: 200 }, thing, thing],
        ...[
          { status: 200, body: "[7]" },
          { status: 200, body: "7" },
        ],
      ]);
      const { http_: sent } = await client(server.url);
      expect(await sent?.["vendor"]?.({ name: "n" })).toEqual({ name: "a" });
      expect(await sent?.["several"]?.({ name: "n" })).toEqual({ name: "a" });
      expect(await sent?.["sometimes"]?.()).toEqual({ name: "a" });
      expect(await sent?.["sometimes"]?.()).toBeUndefined();
      // What is documented with content has been cut short.
      await expect(sent?.["range"]?.()).rejects.toThrow("cannot be read");
      expect(await sent?.["range"]?.()).toEqual({ name: "a" });
      expect(await sent?.["call"]?.()).toEqual({ name: "a" });
      expect(await sent?.["list"]?.([1])).toEqual([7]);
      expect(await sent?.["plain"]?.()).toBe(7);
      const types = server.seen.map(({ headers }) => [headers["content-type"], headers.accept]);
      const vendor = "application/vnd.things.v2+json";
      expect(types.slice(0, 2)).toEqual([
        [vendor, vendor],
        ["application/json", "application/json"],
      ]);
      expect(server.seen[0]?.headers["authorization"]).toBe("Bearer key");

      await using imitation = await mock();
      const calls = await client(imitation.url);
      const mocked = calls["http_"];
      expect(await mocked?.["vendor"]?.({ name: "n" })).toEqual({ name: "Ida" });
      for (const name of ["sometimes", "range", "call"])
        expect(await mocked?.[name]?.()).toEqual({ name: "Ida" });
      expect(await mocked?.["list"]?.([1])).toEqual([7]);
      await expect(mocked?.["vendor"]?.({})).rejects.toMatchObject({ status: 422 });
      expect(await calls["動物"]?.["数える"]?.({})).toEqual(expect.any(Object));
      expect(await calls["api"]?.["postPets"]?.({ kind: "cat", lives: 7 })).toMatchObject({
        kind: expect.any(String),
      });
      await expect(calls["動物"]?.["数える"]?.({ constructor: 7 })).rejects.toMatchObject({ status: 422 });
      const source = readFileSync(join(folder, "packages/client/src/generated/resources.ts"), "utf8");
      expect(source).not.toMatch(/^\s*export const injected/m);
      const dist = join(folder, "apps/docs/dist");
      const page = readdirSync(dist, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".html"))
        .map((file) => readFileSync(join(dist, file), "utf8"))
        .join("\n");
      expect(page).toContain("{{ page.url }} {% if");
      expect(page).not.toMatch(/<script>window|<img src=x|href="javascript:/);
    });
    expect(results(outcomes)).toBe("works");
    expect(outcomes["bundle"]?.detail).toContain("webhooks and callbacks only go into the docs");
  });
});
