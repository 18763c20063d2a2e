import { catches } from "../break.ts";

const find = "        id:\n          type: string\n          format: uuid\n          x-generate: uuid\n";
const title = (effects: string) =>
  `        title:\n          type: string\n          enum: [a, b]\n          description: The title.\n          x-mock: ${effects}\n${find}`;

catches(
  "spec/mock",
  [
    {
      title: "an effect that does nothing",
      find,
      put: title("{ a: { summary: Nothing. } }"),
      line: "x-mock",
      says: "either answer or moves is needed",
    },
    {
      title: "a move that no resource has",
      find,
      put: title("{ a: { summary: Flies., moves: [fly] } }"),
      line: "x-mock",
      says: "fly is not a move",
    },
    {
      title: "a status that is not a refusal",
      find,
      put: title("{ a: { summary: Works., answer: { status: 200 } } }"),
      line: "x-mock",
      says: "200 is not a whole number of at least 400",
    },
    {
      title: "a header that is not a string",
      find,
      put: title("{ a: { summary: Wait., answer: { status: 429, headers: { Retry-After: 2 } } } }"),
      line: "x-mock",
      says: "a string is needed",
    },
    {
      title: "a value that cannot be sent",
      find,
      put: title("{ c: { summary: Finishes., moves: [finish] } }"),
      line: "x-mock",
      says: "x-mock: c ",
    },
  ],
  "life",
);
