// Answers every request with a new object, as fast as it can, or after some milliseconds: its argument. It says where it
// listens.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

const delay = Number(process.argv[2] ?? 0);
const server = createServer((request, response) => {
  response.setHeader("content-type", "application/json");
  if (request.method === "GET") {
    response.end('{"has_more":false,"data":[]}');
    return;
  }
  request.resume();
  request.on("end", () => setTimeout(answer, delay));
  function answer(): void {
    response.statusCode = 201;
    const id = randomUUID();
    response.end(
      `{"id":"${id}","created":"${new Date().toISOString()}","amount":1000,"status":"sent","link":"https://links.example.com/${id}"}`,
    );
  }
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : "");
});
