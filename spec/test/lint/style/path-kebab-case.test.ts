import { catches } from "../break.ts";

catches("spec/path-kebab-case", [
  {
    title: "a path in snake_case",
    find: "  /notes/{id}:\n",
    put: "  /my_notes/{id}:\n",
    line: "/my_notes/{id}:",
    says: '"my_notes" is not in kebab-case.',
  },
]);
