import { describe, expect, it } from "vitest";
import { misfits, run } from "../pipeline.ts";

describe("a description of OpenAPI 3.0", () => {
  it("works as 3.1 says the same", async () => {
    const outcomes = await run("plain-3.0", {
      look: async ({ client, mock, compile }) => {
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
      },
    });
    expect(misfits(outcomes)).toEqual([]);
    expect(outcomes["bundle"]?.detail).toMatch(/^OpenAPI 3\.0\.3, 3 operations, \d+ KiB$/);
  });
});
