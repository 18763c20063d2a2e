import { catches } from "./break.ts";

// The rules of Redocly that this repository relies on most, at the level that redocly.yaml gives them.
catches("no-invalid-media-type-examples", [
  {
    title: "a value in an example that breaks its format",
    find: "id: 4c2f8a51-6a0e-4d3e-9f0c-0d8f5d5c2b7e",
    put: "id: 4c2f8a51",
    line: "id: 4c2f8a51",
    says: 'must match format "uuid"',
  },
  {
    title: "a value in an example that breaks its type",
    find: "text: Buy oat milk\n                  author",
    put: "text: 7\n                  author",
    line: "text: 7",
    says: "must be string",
  },
  {
    title: "the same in an example under components",
    find: "text: Buy oat milk\n        link",
    put: "text: 8\n        link",
    line: "text: 8",
    says: "must be string",
  },
  {
    title: "an address in the format that the first look leaves to it",
    find: "free:\n              description",
    put: "free:\n              properties:\n                anything: { type: string, format: email, description: Where. }\n              description",
    line: "anything: goes",
    says: 'must match format "email"',
  },
]);

catches("no-invalid-parameter-examples", [
  {
    title: "an example of a parameter that breaks its type",
    file: "paths/note.yaml",
    find: "    schema:\n      type: string\nget",
    put: "    schema:\n      type: string\n    example: 7\nget",
    line: "example: 7",
    says: "must be string",
  },
]);

catches("no-invalid-schema-examples", [
  {
    title: "an example of a schema that breaks its type",
    file: "schemas/note.yaml",
    find: "examples: [Buy milk]",
    put: "examples: [7]",
    line: "examples: [7]",
    says: "must be string",
  },
]);

catches("rule/failures-described", [
  {
    title: "an operation that does not say how it fails",
    file: "paths/note.yaml",
    find: "    5XX:\n      $ref: ../openapi.yaml#/components/responses/Failure\n",
    put: "",
    line: "  responses:",
    says: "Every operation describes 400, 401, 4XX and 5XX.",
  },
]);

catches("rule/body-required-said", [
  {
    title: "a body that does not say whether it is required",
    find: "        required: true\n        content:",
    put: "        content:",
    line: "      requestBody:",
    says: "Say whether the body is required.",
  },
]);
