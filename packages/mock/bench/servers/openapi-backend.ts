import { createServer } from "node:http";
import { type Context, OpenAPIBackend } from "openapi-backend";
import { BUNDLE } from "../bundle.ts";

/** openapi-backend as in its README: validated requests, and answers mocked from the examples. */
const api = new OpenAPIBackend({
  definition: BUNDLE,
  // It only supports OpenAPI 3.0, and would refuse a 3.1 document.
  quick: true,
  handlers: {
    notImplemented: (context: Context) => api.mockResponseForOperation(context.operation.operationId ?? ""),
    validationFail: (context: Context) => ({ status: 400, mock: { errors: context.validation.errors } }),
  },
});
await api.init();

createServer((message, response) => {
  const chunks: Buffer[] = [];
  message.on("data", (chunk: Buffer) => chunks.push(chunk));
  message.on("end", async () => {
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(message.headers))
      if (value !== undefined) headers[name] = value;
    const { status, mock } = await api.handleRequest({
      method: message.method ?? "",
      path: message.url ?? "",
      headers,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    const body = JSON.stringify(mock);
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
