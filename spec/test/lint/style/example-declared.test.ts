import { catches } from "../break.ts";

catches("spec/example-declared", [
  {
    title: "a property that the schema does not declare",
    find: "text: Buy oat milk\n                  author",
    put: "txet: Buy oat milk\n                  author",
    line: "txet",
    says: 'The example has "txet", which its schema does not declare.',
  },
  {
    title: "the same deep in an object of another file",
    find: "id: 4c2f8a51",
    put: "di: 4c2f8a51",
    line: "di: 4c2f8a51",
    says: 'The example has "di"',
  },
  {
    title: "the same in the items of an array",
    find: "- name: home",
    put: "- nmae: home",
    line: "nmae",
    says: 'The example has "nmae"',
  },
  {
    title: "the same in an example under components",
    find: "link: https://notes.test/n/1",
    put: "url: https://notes.test/n/1",
    line: "url: https://notes.test/n/1",
    says: 'The example has "url"',
  },
  {
    title: "the same in an example of a schema",
    find: "              description: How the note is made.\n",
    put: "              description: How the note is made.\n              examples:\n                - kay: one\n",
    line: "kay: one",
    says: 'The example has "kay"',
  },
]);
