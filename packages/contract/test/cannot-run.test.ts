import { describe, expect, it } from "vitest";
import { runContract } from "../src/index.ts";
import { listen } from "./reference/listen.ts";
import { PASSWORD, startReference, USERNAME } from "./reference/server.ts";

const credentials = { username: USERNAME, password: PASSWORD };

describe("a run that is not possible gives the reason in one line", () => {
  it("if nothing listens", async () => {
    const gone = await startReference();
    await gone[Symbol.asyncDispose]();
    await expect(runContract({ url: gone.url })).rejects.toThrow(`nothing listens at ${gone.url}`);
  });

  it("if no answer comes in time", async () => {
    await using server = await listen(() => {});
    await expect(runContract({ url: server.url, timeout: 200 })).rejects.toThrow("no answer within 200 ms");
  });

  it("if the connection is cut", async () => {
    await using server = await listen((request) => request.socket.destroy());
    await expect(runContract({ url: server.url })).rejects.toThrow("cuts the connection");
  });

  it("if TLS is used for a server without TLS", async () => {
    await using server = await listen((_, response) => response.end());
    await expect(runContract({ url: server.url.replace("http:", "https:") })).rejects.toThrow(
      "no secure connection",
    );
  });

  it("if the host name is unknown", async () => {
    await expect(runContract({ url: "http://contract.invalid" })).rejects.toThrow("contract.invalid");
  });

  it("if the credentials are wrong", async () => {
    await using server = await startReference();
    await expect(runContract({ url: server.url, username: USERNAME, password: "wrong" })).rejects.toThrow(
      "does not accept the given user name and password",
    );
  });

  it("if credentials are needed", async () => {
    await using server = await startReference();
    await expect(runContract({ url: server.url })).rejects.toThrow("Provide a user name and password");
  });

  it("if the base path is wrong", async () => {
    await using server = await startReference();
    await expect(runContract({ ...credentials, url: `${server.url}/api` })).rejects.toThrow(
      "Is the base path right? The spec's servers are https://",
    );
  });

  it("if the server is not ready", async () => {
    await using server = await listen((_, response) => response.writeHead(503).end());
    await expect(runContract({ url: server.url })).rejects.toThrow("answers 503 to every operation");
  });

  it.each([
    ["an invalid URL", { url: "localhost:4010" }, "not a URL"],
    ["credentials in the URL", { url: "http://a:b@localhost" }, "do not belong in the URL"],
    ["a user name alone", { url: "http://localhost", username: "a" }, "must be given together"],
    ["a user name with a colon", { url: "http://localhost", username: "a:b", password: "c" }, "colon"],
    ["a spec that is not there", { url: "http://localhost", spec: "no.json" }, "no.json cannot be read"],
    ["an invalid spec", { url: "http://localhost", spec: {} }, "OpenAPI 3.0 or 3.1 is needed"],
    [
      "a spec without operations",
      { url: "http://localhost", spec: { openapi: "3.1.0", paths: {} } },
      "no operations",
    ],
    [
      "a selection of which one text is mistyped",
      { url: "http://localhost", only: ["createPayoutLink", "sendPayuot"] },
      "no check ID contains sendPayuot",
    ],
    ["a selection of nothing", { url: "http://localhost", only: ["nothing-like-it"] }, "no check ID"],
  ])("if it was given %s", async (_, options, message) => {
    await expect(runContract(options)).rejects.toThrow(message);
  });
});

describe("a server that disappears during a run", () => {
  it("ends the run, which says after how many checks", async () => {
    const server = await startReference();
    let ended: PromiseLike<void> | undefined;
    const run = runContract({
      ...credentials,
      url: server.url,
      concurrency: 1,
      onResult: ({ done }) => {
        if (done === 20) ended = server[Symbol.asyncDispose]();
      },
    });
    await expect(run).rejects.toThrow(
      /cannot be reached any more after 2\d checks and \d+ requests \(.*ECONN.*\)/,
    );
    await ended;
  });
});

describe("a run stops at what is in front of the API", () => {
  const seen: (string | undefined)[] = [];
  const answering = (status: number, headers: Record<string, string>, body = "") =>
    listen((request, response) => {
      seen.push(request.headers.authorization);
      request.resume().on("end", () => response.writeHead(status, headers).end(body));
    });

  it("at a redirect to HTTPS, before it sends credentials unencrypted", async () => {
    seen.length = 0;
    await using server = await answering(301, { location: "https://api.example.com/v2" });
    await expect(runContract({ ...credentials, url: server.url })).rejects.toThrow(
      /answers 301 and redirects to https:\/\/api\.example\.com\/v2\. Use the base URL with https:\/\//,
    );
    expect(seen).toEqual([undefined]);
  });

  it("at a redirect to another place", async () => {
    await using server = await answering(307, { location: "/login" });
    await expect(runContract({ ...credentials, url: server.url })).rejects.toThrow(
      "answers 307 to every operation and redirects to /login. Use the base URL of the API itself.",
    );
  });

  it.each([200, 401, 403])("at a web page with status %i", async (status) => {
    await using server = await answering(
      status,
      { "content-type": "text/html; charset=utf-8" },
      "<!doctype html><html><head><title>Sign in</title></head></html>",
    );
    await expect(runContract({ ...credentials, url: server.url })).rejects.toThrow(
      `answers ${status} with the web page "Sign in": a login page, a firewall`,
    );
  });

  it("at a firewall that answers 403", async () => {
    await using server = await answering(403, { "content-type": "text/plain" }, "Request blocked.");
    await expect(runContract({ ...credentials, url: server.url })).rejects.toThrow(
      "answers 403 to every operation, and not in JSON: a firewall",
    );
  });

  it("if the server does not know the second account", async () => {
    await using server = await startReference();
    const second = { secondUsername: "nobody", secondPassword: "nothing" };
    await expect(runContract({ ...credentials, ...second, url: server.url })).rejects.toThrow(
      "does not accept --second-username and --second-password",
    );
  });
});
