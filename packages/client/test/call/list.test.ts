import { describe, expect, expectTypeOf, it, onTestFinished, vi } from "vitest";
import { createClient, listPayoutLinks } from "../../src/functions/index.ts";
import type { PayoutLink, PayoutLinkPage } from "../../src/index.ts";
import { API_KEY, CLIENT_ID, client, failure, LINK } from "../client.ts";
import { type Handler, json, serve } from "../server.ts";

/** A server with links 1 to `count`, in pages as the API has them. */
async function serveLinks(count: number, { limit: usual = 2 } = {}) {
  const links = Array.from({ length: count }, (_, index) => ({ ...LINK, id: String(index + 1) }));
  const handler: Handler = (request, response) => {
    const query = new URL(request.url, "http://localhost").searchParams;
    const limit = Number(query.get("limit") ?? usual);
    const before = query.get("ending_before");
    const position = links.findIndex(({ id }) => id === (before ?? query.get("starting_after")));
    const start = before === null ? position + 1 : Math.max(0, position - limit);
    const end = before === null ? start + limit : position;
    const body = { data: links.slice(start, end), has_more: before === null ? end < count : start > 0 };
    json(200, body)(request, response);
  };
  const { url, seen } = await serve(handler);
  return { url, queries: () => seen.map((request) => request.url.split("?")[1] ?? "") };
}

async function idsOf(links: AsyncIterable<PayoutLink>): Promise<string> {
  const ids: string[] = [];
  for await (const { id } of links) ids.push(id);
  return ids.join(" ");
}

describe("a list", () => {
  it("is a promise of its first page", async () => {
    const { url, queries } = await serveLinks(5);
    const list = client(url).payoutLinks.list({ limit: 3 });
    const page = await list;
    expect(page.data.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(page.has_more).toBe(true);
    expect((await list.withResponse()).response.status).toBe(200);
    expect(queries()).toEqual(["limit=3"]);
    expectTypeOf(page).toEqualTypeOf<PayoutLinkPage>();
  });

  it("may fail before a loop over it begins", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    const { url, seen } = await serve(json(401, {}));
    const { payoutLinks, transfers } = client(url);
    const lists = [payoutLinks.list(), transfers.list()];
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    for (const list of lists) {
      const first = failure(list.pages()[Symbol.asyncIterator]().next());
      expect(await first).toMatchObject({ name: "UnauthorizedError" });
      // By now an unhandled failure of the other one has been told.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(unhandled).not.toHaveBeenCalled();
  });

  it.each([0, 1, 2, 3, 4, 5])("gives all of %i items to a loop", async (count) => {
    const { url, queries } = await serveLinks(count);
    const ids = await idsOf(client(url).payoutLinks.list());
    expect(ids).toBe(Array.from({ length: count }, (_, index) => index + 1).join(" "));
    expect(queries()).toHaveLength(Math.max(1, Math.ceil(count / 2)));
  });

  it("keeps its query on every page, and takes it when it is called", async () => {
    const { url, queries } = await serveLinks(5);
    const query = { limit: 2, user_id: "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90" };
    const list = client(url).transfers.list(query);
    query.limit = 100;
    for await (const _ of list);
    const rest = "user_id=9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90";
    expect(queries()).toEqual([
      `limit=2&${rest}`,
      `limit=2&${rest}&starting_after=2`,
      `limit=2&${rest}&starting_after=4`,
    ]);
  });

  it("gives a page at a time", async () => {
    const { url, queries } = await serveLinks(5);
    const sizes: number[] = [];
    for await (const page of client(url).payoutLinks.list().pages()) {
      expectTypeOf(page).toEqualTypeOf<PayoutLinkPage>();
      sizes.push(page.data.length);
      expect(queries()).toHaveLength(sizes.length);
      // What is done to a page changes nothing of the way.
      page.data.length = 0;
    }
    expect(sizes).toEqual([2, 2, 1]);
  });

  it("asks for no page that the loop does not get to", async () => {
    const { url, queries } = await serveLinks(5);
    for await (const { id } of client(url).payoutLinks.list()) if (id === "2") break;
    expect(queries()).toEqual([""]);
  });

  it("carries on after the last item that was seen", async () => {
    const { url } = await serveLinks(6);
    expect(await idsOf(client(url).payoutLinks.list({ starting_after: "3" }))).toBe("4 5 6");
  });

  it("goes back from the first item that was seen", async () => {
    const { url, queries } = await serveLinks(6);
    const list = client(url).payoutLinks.list({ ending_before: "6" });
    expect((await list).data.map(({ id }) => id)).toEqual(["4", "5"]);
    expect(await idsOf(list)).toBe("5 4 3 2 1");
    expect(queries()).toEqual(["ending_before=6", "ending_before=4", "ending_before=2"]);
    const pages: string[] = [];
    for await (const { data } of client(url).payoutLinks.list({ ending_before: "6" }).pages()) {
      pages.push(data.map(({ id }) => id).join(" "));
    }
    expect(pages).toEqual(["4 5", "2 3", "1"]);
  });

  it("does not end as if it were complete at an empty page that says that there are more", async () => {
    const empty = json(200, { data: [], has_more: true });
    for (const pages of [[json(200, { data: [LINK], has_more: true }), empty], [empty]]) {
      const { url, seen } = await serve(...pages);
      const error = await failure(idsOf(client(url).payoutLinks.list()));
      expect(error).toMatchObject({ name: "UnreadableAnswerError", outcome: "rejected" });
      expect(error.message).toContain("the list goes on, but null leads to no new page");
      expect(seen).toHaveLength(pages.length);
    }
  });

  it("does not go round in circles", async () => {
    const page = (...ids: string[]): Handler =>
      json(200, { data: ids.map((id) => ({ ...LINK, id })), has_more: true });
    const { url, seen } = await serve(page("1", "2"), page("3"), page("4", "2"));
    const error = await failure(idsOf(client(url).payoutLinks.list()));
    expect(error).toMatchObject({ name: "UnreadableAnswerError", outcome: "rejected" });
    expect(error.message).toContain("2 leads to no new page");
    expect(seen).toHaveLength(3);
    const { url: same } = await serve(page("1"));
    const again = client(same).payoutLinks.list({ starting_after: "1" });
    expect((await failure(idsOf(again))).message).toContain("1 leads to no new page");
  });

  it("does not end as if it were complete where an item does not lead on", async () => {
    const { url } = await serve(json(200, { data: [{ amount: 1 }], has_more: true }));
    expect((await failure(idsOf(client(url).payoutLinks.list()))).message).toContain(
      "null leads to no new page",
    );
  });

  it("repeats the request for a page, and fails with what that fails with", async () => {
    const first = json(200, { data: [LINK], has_more: true });
    const { url, seen } = await serve(first, json(503, {}), json(200, { data: [], has_more: false }));
    expect(await idsOf(client(url).payoutLinks.list())).toBe(LINK.id);
    expect(seen).toHaveLength(3);
    const { url: other } = await serve(first, json(401, {}));
    expect(await failure(idsOf(client(other).payoutLinks.list()))).toMatchObject({
      name: "UnauthorizedError",
      outcome: "rejected",
      operation: "listPayoutLinks",
    });
  });

  it("ends with the signal, before another page is asked for", async () => {
    const { url, queries } = await serveLinks(6);
    const controller = new AbortController();
    const list = client(url).payoutLinks.list({}, { signal: controller.signal, headers: { "x-a": "b" } });
    const ids: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const { id } of list) {
        ids.push(id);
        if (id === "3") controller.abort(new Error("enough"));
      }
    };
    const error = await failure(loop());
    expect(error).toMatchObject({ name: "AbortError", outcome: "not_sent" });
    expect(error.message).toContain("enough");
    expect(ids).toEqual(["1", "2", "3", "4"]);
    expect(queries()).toHaveLength(2);
  });

  it("is there as a function", async () => {
    const { url } = await serveLinks(5);
    const api = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY });
    expect(await idsOf(listPayoutLinks(api, { limit: 3 }))).toBe("1 2 3 4 5");
    expect((await listPayoutLinks(api)).data).toHaveLength(2);
  });
});
