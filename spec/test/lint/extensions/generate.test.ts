import { catches } from "../break.ts";

const file = "schemas/note.yaml";

catches("spec/generate", [
  {
    title: "a UUID where a reference allows any string",
    file,
    find: "Id:\n  type: string\n  format: uuid",
    put: "Id:\n  type: string",
    line: "x-generate: uuid",
    says: "`uuid` needs `format: uuid`",
  },
  {
    title: "a time that is not a date-time",
    file,
    find: "          format: date-time\n",
    put: "",
    line: "x-generate: now",
    says: "`now` needs `format: date-time`",
  },
  {
    title: "a time where the pattern allows none",
    file,
    find: "          format: date-time\n",
    put: "          pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'\n",
    line: "x-generate: now",
    says: "`now` needs `format: date-time`, or a pattern for such times.",
  },
  {
    title: "a text that would be the same each time",
    file,
    find: "notes.test/n/{uuid}",
    put: "notes.test/n/{id}",
    line: "/n/{id}",
    says: "a string with `{uuid}` in it is needed",
  },
  {
    title: "a text in something that need not be a string",
    file,
    find: "          type: string\n          x-generate: https",
    put: "          x-generate: https",
    line: "x-generate: https",
    says: "only strings can be generated",
  },
  {
    title: "something that is not a string",
    file,
    find: "x-generate: now",
    put: "x-generate: true",
    line: "x-generate: true",
    says: "a string is needed",
  },
]);
