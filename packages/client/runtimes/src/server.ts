import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const LINK = {
  id: "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51",
  created: "2026-10-31T17:04:12Z",
  link: "https://links.example.com/6d1c9a7e",
  amount: 1000,
  status: "sent",
};

const FAULTS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  reset: ({ socket }) => socket?.resetAndDestroy(),
  html: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html></html>"),
  cut: (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
    response.write("{", () => response.socket?.destroy());
  },
  half: (response) => response.writeHead(200, { "content-type": "application/json" }).write("{"),
  silence: () => {},
  redirect: (response) => response.writeHead(302, { location: "/elsewhere" }).end(),
};

/** A server that does to the requests of a call what its header `x-script` says, one after another, and then answers. */
export async function startServer(
  files: Readonly<Record<string, string>> = {},
): Promise<Server & { url: string }> {
  const calls = new Map<string, Set<string>>();
  const turns = new Map<string, number>();
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    if (file !== undefined) {
      return void response
        .writeHead(200, { "content-type": request.url?.endsWith(".js") ? "text/javascript" : "text/html" })
        .end(file);
    }
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const id = String(request.headers["x-call"]);
      const bodies = calls.get(id) ?? new Set();
      calls.set(id, bodies.add(body));
      const turn = turns.get(id) ?? 0;
      turns.set(id, turn + 1);
      const step = String(request.headers["x-script"] ?? "").split(",")[turn] || "answer";
      const fault = FAULTS[step];
      if (fault !== undefined) return fault(response);
      const status = /^\d+$/.test(step) ? Number(step) : 200;
      const { idempotency_key: key, amount: sent } = JSON.parse(body || "{}");
      const answer = { ...LINK, bodies: bodies.size, key, sent };
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(server, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
