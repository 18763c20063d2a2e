// Answers every request with a new object made from the request, at once or after the milliseconds in its argument.
// Prints where it listens.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

const delay = Number(process.argv[2] ?? 0);
const server = createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  if (request.method === "GET") {
    response.end('{"has_more":false,"data":[]}');
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => setTimeout(answer, delay));
  function answer(): void {
    response.statusCode = 201;
    const id = randomUUID();
    // An answer with another amount would not be believed.
    const { amount, metadata } = JSON.parse(Buffer.concat(chunks).toString());
    const created = new Date().toISOString();
    response.end(
      JSON.stringify({
        id,
        created,
        amount,
        metadata,
        status: "sent",
        link: `https://links.example.com/${id}`,
      }),
    );
  }
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : "");
});
