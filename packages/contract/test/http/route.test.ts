import { createServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import { generate } from "selfsigned";
import { expect, it } from "vitest";
import { type ContractOptions, runContract } from "../../src/index.ts";
import { listen } from "../reference/listen.ts";
import { PASSWORD, startReference, USERNAME } from "../reference/server.ts";

const run = (options: Partial<ContractOptions> & Pick<ContractOptions, "url">) =>
  runContract({ username: USERNAME, password: PASSWORD, seed: 1, only: ["accepts/example"], ...options });

it("sends credentials and the given headers with every request", async () => {
  const seen = new Set<string>();
  await using server = await startReference({
    first({ headers }) {
      seen.add(`${headers["user-agent"]} ${headers["x-gate"]}`);
      return false;
    },
  });
  expect((await run({ url: server.url, headers: { "X-Gate": "open" } })).failed).toBe(0);
  expect([...seen]).toEqual([
    expect.stringMatching(/^dots-contract\/\d+\.\d+\.\d+ \(run [0-9a-f]{8}\) open$/),
  ]);
});

/** An HTTP proxy, and the requests that it got. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.url} ${incoming.headers["proxy-authorization"]}`);
    const { "proxy-authorization": _, ...headers } = incoming.headers;
    const outgoing = request(incoming.url ?? "", { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  });
  server.on("connect", ({ url = "", headers }, socket) => {
    asked.push(`CONNECT ${url} ${headers["proxy-authorization"]}`);
    const [host, port] = url.split(":");
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  return Object.assign(await listen(server), { asked });
}

const LOGIN = `Basic ${Buffer.from("ida:p@ss").toString("base64")}`;

it("sends the whole URL to a proxy, with the proxy's credentials", async () => {
  await using server = await startReference();
  await using proxy = await startProxy();
  const through = proxy.url.replace("//", "//ida:p%40ss@");
  const report = await run({ url: server.url, proxy: through });
  expect(report.failed).toBe(0);
  expect(report.passed).toBeGreaterThan(5);
  expect(proxy.asked[0]).toBe(`${server.url}/v2/payout-links ${LOGIN}`);
});

async function certificate() {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    notAfterDate: new Date(Date.now() + 3_600_000),
  });
  return { key, cert };
}

/** A server that shows its own certificate, requests one, and forwards everything to another server. */
async function startSecure(behind: string, trusted: string) {
  const own = await certificate();
  const server = createTlsServer({ ...own, ca: trusted, requestCert: true }, (incoming, response) => {
    const outgoing = request(
      behind + incoming.url,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `https://localhost:${port}`,
    cert: own.cert,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

it("sends a client certificate, and trusts a given one", async () => {
  const client = await certificate();
  await using server = await startReference();
  await using secure = await startSecure(server.url, client.cert);
  const allowed = { url: secure.url, allowDeliveries: true };
  const report = await run({ ...allowed, tls: { ...client, ca: secure.cert } });
  expect(report.failed).toBe(0);
  expect(report.passed).toBeGreaterThan(5);
  await expect(run(allowed)).rejects.toThrow(/no secure connection to .*use --ca/);
  await expect(run({ ...allowed, tls: { ca: secure.cert } })).rejects.toThrow(/--cert and --key/);
});

it("tunnels TLS through a proxy", async () => {
  const client = await certificate();
  await using server = await startReference();
  await using secure = await startSecure(server.url, client.cert);
  await using proxy = await startProxy();
  const report = await run({
    url: secure.url,
    proxy: proxy.url.replace("//", "//ida:p%40ss@"),
    tls: { ...client, ca: secure.cert },
  });
  expect(report.failed).toBe(0);
  expect(proxy.asked[0]).toBe(`CONNECT ${secure.url.slice("https://".length)} ${LOGIN}`);
});

it("names a proxy that refuses", async () => {
  const server = createServer();
  server.on("connect", (_, socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
  await using proxy = await listen(server);
  const refused = run({ url: "https://localhost:1", proxy: proxy.url });
  await expect(refused).rejects.toThrow(/the proxy .* answers 407 to CONNECT/);
});

it("sends a request again if its idle connection was cut, and reports it", async () => {
  let count = 0;
  await using server = await startReference({
    first({ socket }) {
      count += 1;
      if (count !== 6) return false;
      // Like a server that closes an idle connection just as it is reused.
      socket.resetAndDestroy();
      return true;
    },
  });
  const report = await run({ url: server.url, concurrency: 1 });
  expect(report.failed).toBe(0);
  expect(report.connections).toEqual({ idle: 1, other: 0 });
});

it("reports a connection that is cut in another way, and does not retry", async () => {
  let seen = 0;
  await using server = await startReference({
    first({ socket, headers }) {
      // A new connection has served no request yet.
      if (headers["content-length"] === undefined) return false;
      seen += 1;
      if (seen !== 6) return false;
      socket.resetAndDestroy();
      return true;
    },
    reply: (reply) => ({ ...reply, headers: { ...reply.headers, connection: "close" } }),
  });
  const report = await run({ url: server.url, concurrency: 1 });
  expect(report.connections.other).toBe(1);
  expect(report.failed).toBe(1);
});
