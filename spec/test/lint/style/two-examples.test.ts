import { catches } from "../break.ts";

catches("spec/two-examples", [
  {
    title: "a request body with one example",
    find: `          application/json:
            schema:
              $ref: "#/components/schemas/NewNote"
            examples:
              short:
                value:
                  text: Buy milk
                  labels:
                    - name: home
`,
    put: `          application/json: # one
            schema:
              $ref: "#/components/schemas/NewNote"
            examples:
`,
    line: "# one",
    says: "The request body (application/json) needs two named examples with a value, it has 1.",
  },
  {
    title: "a success, in its own file, with one example",
    file: "paths/note.yaml",
    find: "            second:\n              value:\n                id: 0e9d8c7b-6a5f-4e3d-9c2b-1a0f9e8d7c6b\n",
    put: "",
    line: "application/json:",
    says: "The 200 response (application/json) needs two named examples with a value, it has 1.",
  },
  {
    title: "an example that is only elsewhere",
    file: "paths/note.yaml",
    find: "              value:\n                id: 0e9d8c7b-6a5f-4e3d-9c2b-1a0f9e8d7c6b\n",
    put: "              externalValue: https://notes.test/example.json\n",
    line: "application/json:",
    says: "it has 1",
  },
]);
