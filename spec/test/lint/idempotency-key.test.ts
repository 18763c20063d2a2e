import { catches } from "./break.ts";

catches("spec/idempotency-key", [
  {
    title: "a pointer that leads nowhere",
    find: "x-idempotency-key: /options/key",
    put: "x-idempotency-key: /options/kay",
    line: "x-idempotency-key",
    says: 'the schema declares no property "kay" there',
  },
  {
    title: "a text that is no pointer",
    find: "x-idempotency-key: /options/key",
    put: "x-idempotency-key: options.key",
    line: "x-idempotency-key",
    says: "is not a JSON Pointer",
  },
  {
    title: "a pointer to something that is no string",
    find: "x-idempotency-key: /options/key",
    put: "x-idempotency-key: /options",
    line: "x-idempotency-key",
    says: "the key has to be a string",
  },
  {
    title: "an operation without a body",
    file: "paths/note.yaml",
    find: "  x-client: notes.get",
    put: "  x-client: notes.get\n  x-idempotency-key: /key",
    line: "x-idempotency-key",
    says: "the operation takes no JSON body",
  },
]);
