import { createServer } from "node:http";

// A separate process, so that it does not slow down the measured client.
const answer = JSON.stringify({
  id: "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51",
  created: "2026-10-31T17:04:12Z",
  link: "https://links.example.com/6d1c9a7e",
  amount: 1000,
  status: "sent",
  payee: { country_code: "1", phone_number: "2025550139" },
});

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response
      .writeHead(200, { "content-type": "application/json", "content-length": answer.length })
      .end(answer);
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
process.on("disconnect", () => process.exit());
