import { catches } from "../break.ts";

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
    title: "a name that is not an identifier",
    find,
    put: "x-client: notes.create-it",
    line: "x-client",
    says: "`resource.method`",
  },
  {
    title: "the name of another operation, in its own file",
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
    says: "means something else in JavaScript or in the client",
  },
  {
    title: "a method that TypeScript treats as a constructor",
    find,
    put: "x-client: notes.new",
    line: "x-client",
    says: "x-client: notes.new means something else in JavaScript or in the client",
  },
  {
    title: "a method that turns the resource into a promise",
    find,
    put: "x-client: notes.then",
    line: "x-client",
    says: "x-client: notes.then means something else in JavaScript or in the client",
  },
  {
    title: "a name that the client has",
    find,
    put: "x-client: http.create",
    line: "x-client",
    says: "means something else in JavaScript or in the client",
  },
]);
