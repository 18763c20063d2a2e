import { catches } from "./break.ts";

const CREATE = "      x-client: notes.create\n";
const GET = "  x-client: notes.get\n";

catches("spec/resource", [
  {
    title: "a word that nobody knows",
    find: CREATE,
    put: `${CREATE}      x-resource: { kind: note, does: invent, id: /id }\n`,
    line: "does: invent",
    says: "does has to be one of create, read, list, change, remove",
  },
  {
    title: "a pointer that leads nowhere",
    find: CREATE,
    put: `${CREATE}      x-resource: { kind: note, does: create, id: /key }\n`,
    line: "does: create",
    says: "in the success, /key leads nowhere",
  },
  {
    title: "what is missing",
    find: CREATE,
    put: `${CREATE}      x-resource: { kind: note, does: create }\n`,
    line: "does: create",
    says: "id is missing",
  },
  {
    title: "a key that nobody reads",
    find: CREATE,
    put: `${CREATE}      x-resource: { kind: note, does: create, id: /id, by: id }\n`,
    line: "does: create",
    says: "nobody reads by here",
  },
  {
    title: "a path parameter that is not declared",
    file: "paths/note.yaml",
    find: GET,
    put: `${GET}  x-resource: { kind: note, does: read, by: key }\n`,
    line: "does: read",
    says: '"key" is no path parameter here',
  },
  {
    title: "a kind that nothing creates",
    file: "paths/note.yaml",
    find: GET,
    put: `${GET}  x-resource: { kind: note, does: read, by: id }\n`,
    line: "does: read",
    says: "no operation creates a note",
  },
  {
    title: "items that are no array",
    file: "paths/note.yaml",
    find: GET,
    put: `${GET}  x-resource: { kind: note, does: list, items: /id }\n`,
    line: "does: list",
    says: "/id is no array",
  },
  {
    title: "a filter that is no query parameter",
    file: "paths/note.yaml",
    find: GET,
    put: `${GET}  x-resource: { kind: note, does: list, items: "", filters: { id: /id } }\n`,
    line: "does: list",
    says: '"id" is no query parameter here',
  },
]);
