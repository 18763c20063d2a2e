import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../client.ts";
import { API, BODY, expectPayout, MADE, PATH, sandbox } from "./payout.ts";

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe("msw", () => {
  it("sees the whole request", async () => {
    const seen: unknown[] = [];
    server.use(
      http.post(API + PATH, async ({ request }) => {
        seen.push(request.headers.get("authorization"), await request.json());
        return HttpResponse.json(MADE, { status: 201 });
      }),
    );
    expect(await sandbox().payouts.send(BODY)).toEqual(MADE);
    expect(seen[0]).toBe(`Basic ${btoa("id:key")}`);
    expectPayout(seen[1]);
    expect((await sandbox().http.POST(PATH, { body: BODY })).data).toEqual(MADE);
  });

  it("can break the connection, and the call is repeated with the same key", async () => {
    const bodies: string[] = [];
    server.use(
      http.post(`*${PATH}`, async ({ request }) => {
        bodies.push(await request.text());
        return bodies.length === 1 ? HttpResponse.error() : HttpResponse.json(MADE, { status: 201 });
      }),
    );
    await sandbox().payouts.send(BODY);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it("refuses what it does not know", async () => {
    const error = await failure(sandbox().payouts.send(BODY, { maxRetries: 0 }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
  });
});
