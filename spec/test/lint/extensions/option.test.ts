import { catches } from "../break.ts";

const OPTION = "      x-option: workspaceId\n";

catches("spec/option", [
  {
    title: "a name that is not in camelCase",
    file: "paths/note.yaml",
    find: "parameters:\n",
    put: "parameters:\n  - { name: X-Trace, in: header, x-option: X-Trace, description: A trace., schema: { type: string } }\n",
    line: "x-option: X-Trace",
    says: "x-option: a name in camelCase is needed.",
  },
  {
    title: "an option that is not a header",
    file: "paths/note.yaml",
    find: "    in: path\n    required: true\n",
    put: "    in: path\n    required: true\n    x-option: noteId\n",
    line: "x-option: noteId",
    says: "x-option: only a header can be an option of the client.",
  },
  {
    title: "an option that is required",
    find: OPTION,
    put: `      required: true\n${OPTION}`,
    line: "x-option: workspaceId",
    says: "x-option: an option is never required.",
  },
  {
    title: "two headers of one name",
    file: "paths/note.yaml",
    find: "parameters:\n",
    put: "parameters:\n  - { name: X-Place, in: header, x-option: workspaceId, description: A place., schema: { type: string } }\n",
    line: "x-option: workspaceId",
    says: "x-option: workspaceId is the name of X-Workspace already.",
  },
]);
