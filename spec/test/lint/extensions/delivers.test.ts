import { catches } from "../break.ts";

const file = "schemas/note.yaml";
const find = "    text:\n";
const how = "    how:\n      type: string\n      description: How it is sent.\n";

catches("spec/delivers", [
  {
    title: "a value that the schema does not have",
    file,
    find,
    put: `${how}      enum: [post, none]\n      x-delivers: [pots]\n${find}`,
    line: "x-delivers: [pots]",
    says: '"pots" is not in the schema',
  },
  {
    title: "values of a schema without a list",
    file,
    find,
    put: `${how}      x-delivers: [post]\n${find}`,
    line: "x-delivers: [post]",
    says: '"post" is not in the schema',
  },
  {
    title: "something that is neither true nor a list",
    file,
    find,
    put: `${how}      x-delivers: post\n${find}`,
    line: "x-delivers: post",
    says: "`true` or a list of values is needed",
  },
]);

catches(
  "spec/delivers",
  [
    {
      title: "an operation that lists values",
      find: "x-delivers: true",
      put: "x-delivers: [sms]",
      line: "x-delivers: [sms]",
      says: "on an operation it is `true`.",
    },
    {
      title: "an operation whose body can say it",
      find: "      x-client: notes.create\n",
      put: "      x-client: notes.create\n      x-delivers: false\n",
      line: "x-delivers: false",
      says: "on an operation it is `true`.",
    },
    {
      title: "an operation whose request body can say it",
      find: "      x-client: notes.create\n",
      put: "      x-client: notes.create\n      x-delivers: true # here\n",
      line: "# here",
      says: "the schema of the request body can say it.",
    },
  ],
  "life",
);
