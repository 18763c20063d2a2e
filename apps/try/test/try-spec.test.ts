import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STEPS } from "@dots-payouts/try";
import { describe, expect, it } from "vitest";
import { misfits, run, startServer } from "./pipeline.ts";
import { served } from "./served.ts";

const THING = '{"name":"a"}';

// Each description runs the steps that it asks something of. `test:full` runs all steps on all of them.
const WITHOUT_CONTRACT = STEPS.filter((step) => step !== "contract suite");
const WITHOUT_DOCS = STEPS.filter((step) => step !== "docs");

it("a description of OpenAPI 3.0 works as 3.1 says the same", async () => {
  const outcomes = await run("plain-3.0", { steps: ["lint", "bundle", "types", "mock"] });
  expect(misfits(outcomes)).toEqual([]);
  expect(outcomes["bundle"]?.detail).toMatch(/^OpenAPI 3\.0\.3, 3 operations, \d+ KiB$/);
  expect(outcomes["mock"]?.detail).toBe("answers every operation, 3 of 3 with a success");
});

it("a URL is tried as a file is; what the client can't send is refused with the place, and all else is made", async () => {
  await using server = await served();
  let copy = "";
  const outcomes = await run(`${server.url}/v1/forms.yaml`, {
    steps: WITHOUT_DOCS,
    look: async ({ folder }) => {
      copy = folder;
      expect(existsSync(copy)).toBe(true);
    },
  });
  expect(existsSync(copy)).toBe(false);
  expect(misfits(outcomes)).toEqual([
    {
      step: "client",
      result: "refused",
      place: "#/paths/~1forms/post/requestBody",
      detail: "the client can send JSON and forms only, not multipart/form-data",
    },
  ]);
  expect(outcomes["contract suite"]?.detail).toMatch(/^the mock passes \d+ checks/);
});

describe("schemas, names and contents", () => {
  it("may be odd, recursive, and in files of their own; bodies are taken and given as the description says", async () => {
    const outcomes = await run("schemas", {
      steps: WITHOUT_CONTRACT,
      look: async ({ client, mock, compile, folder }) => {
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
      },
    });
    expect(misfits(outcomes)).toEqual([]);
    expect(outcomes["bundle"]?.detail).toContain("webhooks and callbacks only go into the docs");
  });
});
