import { catches } from "../break.ts";

const NAMED = "        required:\n          id: Perhaps it is not always there.\n";

catches("spec/assumption", [
  {
    title: "a keyword that is not there",
    file: "schemas/note.yaml",
    find: NAMED,
    put: "        pattern: Not documented.\n",
    line: "        pattern",
    says: "x-assumption: there is no pattern here.",
  },
  {
    title: "a name that the keyword does not have",
    file: "schemas/note.yaml",
    find: "id: Perhaps it",
    put: "key: Perhaps it",
    line: "key: Perhaps it",
    says: "x-assumption: required has no key.",
  },
  {
    title: "an empty reason",
    file: "schemas/note.yaml",
    find: "id: Perhaps it is not always there.",
    put: 'id: " "',
    line: 'id: " "',
    says: "x-assumption: a reason is needed.",
  },
  {
    title: "a keyword without a reason",
    file: "schemas/note.yaml",
    find: NAMED,
    put: "        required: true\n",
    line: "required: true",
    says: "x-assumption: a reason is needed, or keywords with a reason each.",
  },
  {
    title: "an empty mark",
    find: "x-assumption: Failures are not documented.",
    put: 'x-assumption: ""',
    line: 'x-assumption: ""',
    says: "x-assumption: a reason is needed, or keywords with a reason each.",
  },
  {
    title: "a mark without keywords",
    find: "x-assumption: Failures are not documented.",
    put: "x-assumption: {}",
    line: "x-assumption: {}",
    says: "x-assumption: a reason is needed, or keywords with a reason each.",
  },
  {
    title: "a pair that the extension does not have",
    find: "        x-echo: What comes back is not documented.\n",
    put: "        x-echo:\n          /text: Perhaps.\n          /author: Perhaps not.\n",
    line: "/author: Perhaps not.",
    says: "x-assumption: x-echo has no /author.",
  },
  {
    title: "a mark inside an extension that leads nowhere",
    find: "scope: Keys of other",
    put: "replayStatus: Keys of other",
    line: "replayStatus: Keys",
    says: "x-assumption: there is no replayStatus here.",
  },
]);
