import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post, send } from "../send.ts";

let mock: Mock;
let links: string;
beforeAll(async () => {
  mock = await startMock();
  links = `${mock.url}/v2/payout-links`;
});
afterAll(() => mock.close());

const create = async () => String((await post(links, { amount: 5 })).body["id"]);
const cancel = (id: string) => send("DELETE", `${links}/${id}`);
const redeliver = (id: string) => send("POST", `${links}/${id}/redeliver`);

describe("a payout link", () => {
  it("can be canceled once, and does not change if a second time is refused", async () => {
    const id = await create();
    expect((await cancel(id)).body).toMatchObject({ id, status: "canceled" });
    const again = await cancel(id);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({
      message: expect.stringContaining(`${id} is canceled`),
      errors: [{ code: "state" }],
    });
    expect((await send("GET", `${links}/${id}`)).body["status"]).toBe("canceled");
  });

  it("can't be delivered again after it was canceled", async () => {
    const id = await create();
    await cancel(id);
    expect((await redeliver(id)).status).toBe(400);
  });

  it("can be delivered five times in all, including its creation", async () => {
    const id = await create();
    const statuses = [];
    for (let times = 0; times < 6; times += 1) statuses.push((await redeliver(id)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 400, 400]);
    // Other links are not affected.
    expect((await redeliver(await create())).status).toBe(200);
  });

  it("is delivered no more than the allowed times, even by requests at once", async () => {
    const id = await create();
    const answers = await Promise.all(Array.from({ length: 12 }, () => redeliver(id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
  });

  it("is listed with the newest first, and a cursor leads to the next page", async () => {
    await mock.reset();
    const ids = [await create(), await create(), await create()].reverse();
    const page = async (query: string) => {
      const { body } = await send("GET", `${links}?${query}`);
      const data = Array.isArray(body["data"]) ? body["data"] : [];
      return { ids: data.map(({ id }) => id), more: body["has_more"] };
    };
    expect(await page("limit=2")).toEqual({ ids: ids.slice(0, 2), more: true });
    expect(await page(`limit=2&starting_after=${ids[1]}`)).toEqual({ ids: ids.slice(2), more: false });
    expect(await page(`limit=1&ending_before=${ids[2]}`)).toEqual({ ids: [ids[1]], more: true });
  });
});

describe("an invalid parameter", () => {
  it.each([
    ["limit=0", "limit", "limit must be at least 1"],
    ["limit=many", "limit", "limit must be an integer"],
    ["limit=2&limit=3", "limit", "limit must be an integer"],
    ["starting_after=x", "starting_after", "starting_after must be a valid uuid"],
  ])("is refused like a body, and named: %s", async (query, parameter, message) => {
    const { status, body } = await send("GET", `${links}?${query}`);
    expect(status).toBe(400);
    expect(body["errors"]).toMatchObject([{ path: "", parameter, message }]);
    expect(body["message"]).toBe(`The request is not valid: ${message}.`);
  });
});
