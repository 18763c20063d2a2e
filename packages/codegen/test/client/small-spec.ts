import { asDocument, type JsonObject, type OpenApiDocument } from "@dots-payouts/openapi";

/** A bundle with one operation that orders tea. `changes` override its parts. */
export function smallSpec({
  path = "/orders",
  method = "post",
  operation = {},
  schemas = {},
  security = [{ login: [] }],
  schemes = {},
  webhooks = {},
}: {
  path?: string;
  method?: "post" | "get";
  operation?: JsonObject;
  schemas?: JsonObject;
  security?: JsonObject[];
  schemes?: JsonObject;
  webhooks?: JsonObject;
} = {}): OpenApiDocument {
  return asDocument({
    openapi: "3.1.0",
    info: { title: "Tea", version: "1" },
    servers: [
      { url: "https://tea.example.com/api", description: "Real tea.", "x-environment": "house" },
      { url: "https://unnamed.example.com" },
    ],
    security,
    paths: {
      [path]: {
        [method]: {
          operationId: "orderTea",
          "x-client": "orders.create",
          tags: ["Orders"],
          summary: "Order tea",
          description: "Orders a cup. Sizes are in millilitres.",
          ...(method === "post" && {
            requestBody: {
              required: true,
              content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
            },
          }),
          responses: {
            "201": {
              description: "The order.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Cup" } } },
            },
          },
          ...operation,
        },
      },
    },
    webhooks,
    components: {
      securitySchemes: {
        login: { type: "http", scheme: "basic" },
        token: { type: "http", scheme: "bearer" },
        ...schemes,
      },
      schemas: {
        Size: { type: "integer", description: "Millilitres." },
        Order: {
          type: "object",
          required: ["size"],
          properties: { size: { $ref: "#/components/schemas/Size" } },
        },
        Cup: { type: "object", properties: { state: { type: "string", enum: ["hot", "cold"] } } },
        ...schemas,
      },
    },
  });
}
