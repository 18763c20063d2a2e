import { catches } from "../break.ts";

catches("spec/extension-known", [
  {
    title: "a misspelled name, which would switch the protection off",
    find: "x-idempotency-key:",
    put: "x-idempotency-kay:",
    line: "x-idempotency-kay",
    says: "Nothing reads the extension x-idempotency-kay.",
  },
  {
    title: "a known name on another kind of node",
    find: "    Note:\n      description: The note.\n",
    put: "    Note:\n      description: The note.\n      x-idempotency-key: { at: /text }\n",
    line: "x-idempotency-key: { at: /text }",
    says: "x-idempotency-key belongs on Operation, this is Response.",
  },
  {
    title: "an unknown name next to a reference",
    file: "schemas/note.yaml",
    find: "x-generate: uuid",
    put: "x-generate: uuid\n          x-genarate: uuid",
    line: "x-genarate",
    says: "Nothing reads the extension x-genarate.",
  },
  {
    title: "an unknown name at the top",
    find: "openapi: 3.1.0\n",
    put: "openapi: 3.1.0\nx-owner: me\n",
    line: "x-owner",
    says: "Nothing reads the extension x-owner.",
  },
]);
