import { catches } from "../break.ts";

catches(
  "spec/status",
  [
    {
      title: "a status that its response does not document",
      find: "one: { value: { note: { text: Buy milk } } }",
      put: "one: { x-status: [402], value: { note: { text: Buy milk } } }",
      line: "x-status",
      says: "a list of statuses is needed that 200 covers",
    },
  ],
  "life",
);
