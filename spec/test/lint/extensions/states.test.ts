import { catches, type Fault } from "../break.ts";

const fault = (title: string, find: string, put: string, says: string, line = put): Fault => ({
  title,
  find,
  put,
  line,
  says,
});

catches(
  "spec/states",
  [
    fault(
      "states that can't be read",
      "kind: note\n        at",
      "kind: note\n        on: [a]\n        at",
      "unknown key",
      "on: [a]",
    ),
    fault("a place that is not there", "at: /state", "at: /status", "in the resource, /status leads nowhere"),
    fault(
      "a place without listed values",
      "at: /state",
      "at: /created",
      "/created lists no states: it has no enum.",
    ),
    fault(
      "an unknown state at the start",
      "initial: { draft: [], final: [] }",
      "initial: { draft: [], fresh: [] }",
      "fresh is not a state: it is one of draft, final, ended, null.",
    ),
    fault(
      "an undeclared initial event",
      "initial: { draft: [], final: [] }",
      "initial: { draft: [note.made] }",
      "note.made is not a event: it is one of note.finished.",
    ),
    fault("an unknown state that a move leaves", "from: [draft]", "from: [drift]", "drift is not a state"),
    fault("an unknown state that a move leads to", "to: final", "to: finished", "finished is not a state"),
    fault(
      "a value that fits nowhere",
      "sets: { /text: Copied }",
      "sets: { /text: 7 }",
      "/text can't be 7: it is string.",
    ),
    fault(
      "a fresh value in the wrong place",
      "generates: { /id: uuid }",
      "generates: { /text: uuid }",
      "`uuid` needs",
    ),
    fault(
      "a fresh value nowhere",
      "generates: { /id: uuid }",
      "generates: { /key: uuid }",
      "/key leads nowhere",
    ),
    fault(
      "an undeclared event",
      "fires: [note.finished]",
      "fires: [note.ended]",
      "note.ended is not a event",
    ),
    fault(
      "a new resource of an unknown kind",
      "- kind: note",
      "- kind: letter",
      "letter is not a kind: it is one of note.",
    ),
    fault(
      "a new resource that does not begin so",
      "state: draft",
      "state: ended",
      "ended is not a state to begin in",
    ),
    fault(
      "a place for the new ID that is not there",
      "id: /copy",
      "id: /url",
      "in the resource, /url leads nowhere",
    ),
    fault(
      "a value taken to nowhere",
      "takes: { /text: /text }",
      "takes: { /txt: /text }",
      "in the new resource, /txt",
    ),
    fault(
      "a value taken from nowhere",
      "takes: { /text: /text }",
      "takes: { /text: /txt }",
      "in the resource, /txt",
    ),
    fault(
      "a related move that is not there",
      "moves: [{ kind: note, id: /id, move: finish }]",
      "moves: [{ kind: note, id: /id, move: end }]",
      "end is not a move of note: it is one of finish, copy.",
    ),
    fault(
      "a related move of an unknown kind",
      "moves: [{ kind: note, id: /id, move: finish }]",
      "moves: [{ kind: letter, id: /id, move: finish }]",
      "letter is not a kind",
    ),
    fault(
      "a related resource that is not known by anything",
      "moves: [{ kind: note, id: /id, move: finish }]",
      "moves: [{ kind: note, id: /key, move: finish }]",
      "in the resource, /key leads nowhere",
    ),
    fault(
      "two life cycles of one kind",
      "                - type: object\n                  properties:\n                    note_id:\n",
      "                - type: object\n" +
        "                  x-states: { kind: note, at: /part, initial: { a: [] } }\n" +
        "                  properties:\n" +
        "                    part: { type: string, enum: [a], description: A part. }\n" +
        "                    note_id:\n",
      "note has states already.",
      "x-states: { kind: note",
    ),
  ],
  "life",
);
