import { catches } from "../break.ts";

const REQUEST = "          /mode: draft\n";
const RESPONSE = "          /state: draft\n";

catches("spec/when", [
  {
    title: "a condition on a failure",
    find: '        "400":\n          $ref: "#/components/responses/Failure"\n',
    put: '        "400":\n          description: No.\n          x-when: { request: { /mode: final } }\n',
    line: "x-when: { request",
    says: "x-when: 400 is not a success.",
  },
  {
    title: "a condition that names no request",
    find: "        request:\n          /mode: draft\n",
    put: "        request: {}\n",
    line: "request: {}",
    says: "x-when: a value in the request is needed.",
  },
  {
    title: "a request field that is not there",
    find: REQUEST,
    put: "          /kind: draft\n",
    line: "/kind: draft",
    says: "x-when: in the request, /kind leads nowhere",
  },
  {
    title: "a request value that is not listed",
    find: REQUEST,
    put: "          /mode: drift\n",
    line: "/mode: drift",
    says: 'x-when: in the request, /mode can\'t be "drift": it is one of draft, final.',
  },
  {
    title: "a response value that is not listed",
    find: RESPONSE,
    put: "          /state: final\n",
    line: "/state: final",
    says: 'x-when: in the response, /state can\'t be "final": it is one of draft, null.',
  },
  {
    title: "a response value of the wrong type",
    find: RESPONSE,
    put: "          /text: 7\n",
    line: "/text: 7",
    says: "x-when: in the response, /text can't be 7: it is string.",
  },
]);
