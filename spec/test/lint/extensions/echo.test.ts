import { catches } from "../break.ts";

catches("spec/echo", [
  {
    title: "a pointer that leads nowhere in the response",
    find: "/author/id: /author/id",
    put: "/author/name: /author/id",
    line: "/author/name",
    says: 'in the response, /author/name leads nowhere: the schema declares no property "name" there',
  },
  {
    title: "a pointer that leads nowhere in the request",
    find: "/text: /text",
    put: "/text: /txt",
    line: "/text: /txt",
    says: 'in the request, /txt leads nowhere: the schema declares no property "txt" there',
  },
  {
    title: "something that is not a pointer",
    find: "/text: /text",
    put: "/text: true",
    line: "/text: true",
    says: "in the request, true is not a JSON Pointer",
  },
  {
    title: "something other than pairs",
    find: "      x-echo:\n        /text: /text\n        /author/id: /author/id\n",
    put: "      x-echo: [/text]\n",
    line: "x-echo: [/text]",
    says: "pairs of a pointer into the response and one into the request are needed",
  },
  {
    title: "an echo from an operation without a body",
    file: "paths/note.yaml",
    find: "      description: The note.\n",
    put: "      description: The note.\n      x-echo:\n        /text: /text\n",
    line: "/text: /text",
    says: "the operation takes no JSON body",
  },
  {
    title: "an echo on a failure",
    find: '        "400":\n          $ref: "#/components/responses/Failure"\n',
    put: '        "400":\n          description: No.\n          x-echo: {}\n',
    line: "x-echo: {}",
    says: "a 400 response gives nothing back",
  },
]);
