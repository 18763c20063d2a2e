import { once } from "node:events";
import { createServer } from "node:net";
import { context, propagation } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  StackContextManager,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { undiciFetch } from "../../src/undici/index.ts";
import { client, failure, LINK } from "../client.ts";
import { json, serve } from "../server.ts";
import { BODY, expectPayout, PATH } from "./payout.ts";

// The instrumentation of fetch leaves its own function behind when it is disabled.
const { fetch } = globalThis;
afterEach(() => void Object.assign(globalThis, { fetch }));

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

beforeAll(() => {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  context.setGlobalContextManager(new StackContextManager().enable());
});
afterAll(() => {
  propagation.disable();
  context.disable();
});

describe.each([
  // It puts its own function in place of the global fetch, of which nobody knows what it sends.
  ["of fetch", () => new FetchInstrumentation({ propagateTraceHeaderCorsUrls: /.*/ }), {}, "unknown"],
  ["of undici", () => new UndiciInstrumentation(), {}, "not_sent"],
  ["of undici, with undiciFetch", () => new UndiciInstrumentation(), { fetch: undiciFetch() }, "not_sent"],
])("OpenTelemetry's instrumentation %s", (_, instrument, options, outcome) => {
  it("traces each attempt, and leaves the request whole", async () => {
    const instrumentation = instrument();
    instrumentation.setTracerProvider(provider);
    instrumentation.enable();
    onTestFinished(() => instrumentation.disable());
    const { url, seen } = await serve(json(503, {}), json(201, LINK));
    const dots = client(url, options);
    expect(await dots.payouts.send(BODY)).toEqual(LINK);
    expect((await dots.http.POST(PATH, { body: BODY })).data).toEqual(LINK);
    expect(seen).toHaveLength(3);
    for (const { headers, body } of seen) {
      expect(headers["traceparent"]).toMatch(/^00-/);
      expect(headers.authorization).toMatch(/^Basic /);
      expectPayout(body);
    }
    expect(new Set(seen.map(({ headers }) => headers["traceparent"])).size).toBe(3);
    expect(seen[1]?.body).toBe(seen[0]?.body);
  });

  it("tells of a refused connection what is known of it", async () => {
    const instrumentation = instrument();
    instrumentation.setTracerProvider(provider);
    instrumentation.enable();
    onTestFinished(() => instrumentation.disable());
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(client(`http://127.0.0.1:${port}`, options).payouts.send(BODY));
    expect(error).toMatchObject({ name: "ConnectionError", outcome, attempts: 3 });
  });
});
