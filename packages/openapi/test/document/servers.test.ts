import { asDocument, DocumentError, type Json, listServers } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const servers = (...list: Json[]) => listServers(asDocument({ openapi: "3.1.0", paths: {}, servers: list }));

describe("listServers", () => {
  it("reads URL, description and environment", () => {
    const url = "https://things.test/api";
    expect(servers({ url, description: "Live.", "x-environment": "production" })).toEqual([
      { url, description: "Live.", environment: "production", basePath: "/api" },
    ]);
  });

  it("is empty if the document has none", () => {
    expect(listServers(asDocument({ openapi: "3.1.0", paths: {} }))).toEqual([]);
  });

  it("replaces variables by their defaults", () => {
    const variables = { region: { default: "eu", enum: ["eu", "us"] } };
    expect(servers({ url: "https://{region}.things.test", variables })[0]?.url).toBe(
      "https://eu.things.test",
    );
  });

  it.each([
    ["https://things.test", ""],
    ["https://things.test/", ""],
    ["https://things.test/api/v2/", "/api/v2"],
    ["/api", "/api"],
    ["https://things.test:{port}/{version}", "/v2"],
  ])("finds the base path of %s", (url, basePath) => {
    const variables = { port: { default: "8443" }, version: { default: "v2" } };
    expect(servers({ url, variables })[0]?.basePath).toBe(basePath);
  });

  it.each<Json>(["https://things.test", {}, { url: "https://things.test:{port}" }])(
    "refuses %j",
    (server) => {
      expect(() => servers(server)).toThrow(DocumentError);
    },
  );
});
