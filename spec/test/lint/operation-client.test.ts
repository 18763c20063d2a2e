import { catches } from "./break.ts";

const find = "x-client: notes.create";

catches("spec/operation-client", [
  {
    title: "an operation without a client name",
    find: `      ${find}\n`,
    put: "",
    line: "    post:",
    says: "The operation has no x-client",
  },
  {
    title: "a name without a resource",
    find,
    put: "x-client: create",
    line: "x-client",
    says: "`resource.method`",
  },
  {
    title: "a name that is no identifier",
    find,
    put: "x-client: notes.create-it",
    line: "x-client",
    says: "`resource.method`",
  },
  {
    title: "the name of another operation, in a file of its own",
    find,
    put: "x-client: notes.get",
    line: "x-client",
    says: "notes.get is the name of another operation",
    file: "openapi.yaml",
    reportedIn: "paths/note.yaml",
  },
  {
    title: "a name that every object has",
    find,
    put: "x-client: notes.constructor",
    line: "x-client",
    says: "hides something that the client has by itself",
  },
  {
    title: "a name that the client has",
    find,
    put: "x-client: http.create",
    line: "x-client",
    says: "hides something that the client has by itself",
  },
]);
