import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { misfits, run, startServer } from "../pipeline.ts";

const THING = '{"name":"a"}';

describe("parameters", () => {
  it("go where the description says, as it says", async () => {
    const outcomes = await run("parameters", {
      look: async ({ client, mock, compile, folder }) => {
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
        expect(server.seen[0]?.headers).toMatchObject({
          "x-key": "key",
          "x-trace": "t",
          cookie: "session=s",
        });
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
        await expect(mocked["things"]?.["search"]?.({ ...found, size: { from: "x" } })).rejects.toMatchObject(
          {
            status: 422,
          },
        );
        expect(await mocked["things"]?.["order"]?.(order)).toEqual({ name: "a" });
        await expect(mocked["things"]?.["order"]?.({ amount: 0 })).rejects.toMatchObject({ status: 422 });
      },
    });
    expect(misfits(outcomes)).toEqual([]);
  });
});
