import { catches } from "../break.ts";

const find = "      x-client: notes.create\n";

catches("spec/request-terms", [
  {
    title: "a reference that leads nowhere",
    find,
    put: `${find}      x-reference: /fre\n`,
    line: "x-reference: /fre",
    says: 'the schema declares no property "fre" there',
  },
  {
    title: "a reference to something that can't be an object",
    find,
    put: `${find}      x-reference: /text\n`,
    line: "x-reference: /text",
    says: "an object has to fit there, to hold the reference",
  },
  {
    title: "an amount that is not an integer",
    find,
    put: `${find}      x-amount: /text\n`,
    line: "x-amount: /text",
    says: "the amount has to be an integer",
  },
  {
    title: "a recipient that is not a list of lists",
    find,
    put: `${find}      x-recipient: [/author/id]\n`,
    line: "x-recipient: [/author/id]",
    says: "a list of lists of JSON Pointers is needed",
  },
  {
    title: "a recipient that leads nowhere",
    find,
    put: `${find}      x-recipient: [[/author/name]]\n`,
    line: "x-recipient: [[/author/name]]",
    says: 'the schema declares no property "name" there',
  },
  {
    title: "an operation without a body",
    file: "paths/note.yaml",
    find: "  x-client: notes.get",
    put: "  x-client: notes.get\n  x-amount: /amount",
    line: "x-amount",
    says: "the operation takes no JSON body",
  },
]);
