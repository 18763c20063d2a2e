import { catches } from "../break.ts";

catches("spec/server-environment", [
  {
    title: "a server without a name",
    find: "\n    x-environment: sandbox",
    put: "",
    line: "https://sandbox.notes.test",
    says: "The server has no x-environment",
  },
  {
    title: "the name of another server",
    find: "x-environment: sandbox",
    put: "x-environment: production # again",
    line: "# again",
    says: "production is the name of another server",
  },
  {
    title: "a name that is not an identifier",
    find: "x-environment: sandbox",
    put: "x-environment: The Sandbox",
    line: "The Sandbox",
    says: "a name in lower case is needed",
  },
]);
