import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { CATS, sendCat } from "../cats.ts";

describe("resources that operations share", () => {
  let mock: Mock;

  const send = (method: string, path: string, value?: unknown) => sendCat(mock.url, method, path, value);

  async function create(name: string): Promise<string> {
    const { body: cat } = await send("POST", "/cats", { name });
    return String(Object(cat).id);
  }

  beforeAll(async () => {
    mock = await startMock({ spec: CATS });
  });
  afterAll(() => mock.close());

  it("are read as they were created", async () => {
    const id = await create("Mia");
    const cat = { id, name: "Mia", state: "home" };
    expect(await send("GET", `/cats/${id}`)).toEqual({ status: 200, body: cat });
  });

  it("do not exist before they are created", async () => {
    for (const method of ["GET", "DELETE"]) expect((await send(method, "/cats/none")).status).toBe(404);
    expect((await send("PATCH", "/cats/none", { name: "Mia" })).status).toBe(404);
    expect((await send("POST", "/cats/none/walk")).status).toBe(404);
  });

  it("change as requested", async () => {
    const id = await create("Mia");
    const changed = { id, name: "Lou", state: "home" };
    expect(await send("PATCH", `/cats/${id}`, { name: "Lou" })).toEqual({ status: 200, body: changed });
    expect((await send("GET", `/cats/${id}`)).body).toEqual(changed);
  });

  it("change as the operation always changes them", async () => {
    const id = await create("Mia");
    expect((await send("POST", `/cats/${id}/walk`)).status).toBe(204);
    expect((await send("GET", `/cats/${id}`)).body).toEqual({ id, name: "Mia", state: "away" });
  });

  it("are gone after they were removed", async () => {
    const id = await create("Mia");
    expect(await send("DELETE", `/cats/${id}`)).toEqual({ status: 204, body: undefined });
    expect((await send("GET", `/cats/${id}`)).status).toBe(404);
    expect(JSON.stringify((await send("GET", "/cats")).body)).not.toContain(id);
  });

  it("are listed from newest to oldest, by page, with filters", async () => {
    await mock.reset();
    const ids = [await create("A"), await create("B"), await create("C")].reverse();
    await send("POST", `/cats/${ids[1]}/walk`);
    const page = async (query: string) => {
      const cats = Object((await send("GET", `/cats${query}`)).body);
      return { ids: cats.cats.map(({ id }: { id: string }) => id), next: cats.next };
    };
    expect(await page("")).toEqual({ ids, next: null });
    const first = await page("?size=2");
    expect(first).toEqual({ ids: ids.slice(0, 2), next: expect.any(String) });
    expect(await page(`?size=2&from=${first.next}`)).toEqual({ ids: ids.slice(2), next: null });
    expect(await page("?in=away")).toEqual({ ids: [ids[1]], next: null });
  });

  it("are only listed with valid parameters", async () => {
    expect((await send("GET", "/cats?size=0")).status).toBe(422);
  });

  it("are forgotten after a reset", async () => {
    const id = await create("Mia");
    await mock.reset();
    expect((await send("GET", `/cats/${id}`)).status).toBe(404);
  });
});
