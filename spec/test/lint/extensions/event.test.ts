import { catches } from "../break.ts";

const EVENT = '      x-event: { kind: note, id: [/note_id, /id], resource: [""] }\n';

catches(
  "spec/event",
  [
    {
      title: "a webhook that does not say what it is about",
      find: EVENT,
      put: "",
      line: "operationId: onNoteFinished",
      says: "the webhook does not say what it is about.",
    },
    {
      title: "an event that can't be read",
      find: EVENT,
      put: "      x-event: { kind: note }\n",
      line: "x-event: { kind: note }",
      says: "a place where the ID can be is needed",
    },
    {
      title: "an unknown kind",
      find: EVENT,
      put: "      x-event: { kind: letter, id: [/id] }\n",
      line: "x-event: { kind: letter",
      says: "letter is not a kind: it is one of note.",
    },
    {
      title: "an ID that is not there",
      find: EVENT,
      put: "      x-event: { kind: note, id: [/id, /key] }\n",
      line: "x-event: { kind: note",
      says: "in the body, /key leads nowhere",
    },
    {
      title: "a name that is not there",
      find: EVENT,
      put: "      x-event: { kind: note, name: /name, id: [/id] }\n",
      line: "x-event: { kind: note",
      says: "in the body, /name leads nowhere",
    },
    {
      title: "a resource that is not there",
      find: EVENT,
      put: "      x-event: { kind: note, id: [/id], resource: [/note] }\n",
      line: "x-event: { kind: note",
      says: "in the body, /note leads nowhere",
    },
    {
      title: "an owner without the ID",
      find: EVENT,
      put: "      x-event: { kind: page, id: [/id], of: { kind: note, at: /page } }\n",
      line: "x-event: { kind: page",
      says: "in the resource, /page leads nowhere",
    },
    {
      title: "an owner of an unknown kind",
      find: EVENT,
      put: "      x-event: { kind: page, id: [/id], of: { kind: letter, at: /page } }\n",
      line: "x-event: { kind: page",
      says: "letter is not a kind",
    },
    {
      title: "an event that is not a webhook",
      find: "      x-client: notes.get\n",
      put: "      x-client: notes.get\n      x-event: { kind: note, id: [/id] }\n",
      line: "x-event: { kind: note, id: [/id] }",
      says: "only a webhook is an event.",
    },
  ],
  "life",
);
