import { catches } from "../break.ts";

/** An operation without a key, before the others. */
function reminders(schema: string, success: string): string {
  return `  /reminders:
    post:
      operationId: createReminder
      x-client: reminders.create
      tags: [Notes]
      summary: Create a reminder
      description: Makes a reminder.
      requestBody: # of a reminder
        required: true
        content:
          application/json:
            schema: ${schema}
            examples:
              short: { value: { text: Buy milk } }
              long: { value: { text: Buy oat milk } }
      responses:
        ${success}
        "400":
          $ref: "#/components/responses/Failure"
        "401":
          $ref: "#/components/responses/Failure"
        4XX:
          $ref: "#/components/responses/Failure"
        5XX:
          $ref: "#/components/responses/Failure"
  /notes:
`;
}

catches("spec/idempotency-key", [
  {
    title: "a pointer that leads nowhere",
    find: "at: /options/key",
    put: "at: /options/kay",
    line: "at: /options/kay",
    says: 'the schema declares no property "kay" there',
  },
  {
    title: "a string that is not a pointer",
    find: "at: /options/key",
    put: "at: options.key",
    line: "at: options.key",
    says: "is not a JSON Pointer",
  },
  {
    title: "a pointer to something that is not a string",
    find: "at: /options/key",
    put: "at: /options",
    line: "at: /options",
    says: "the key must be a string",
  },
  {
    title: "an operation without a body",
    file: "paths/note.yaml",
    find: "  x-client: notes.get",
    put: "  x-client: notes.get\n  x-idempotency-key: { at: /key }",
    line: "x-idempotency-key",
    says: "the operation takes no JSON body",
  },
  {
    title: "an operation that has a key like others, but does not declare it",
    find: "  /notes:\n",
    put: reminders(
      '{ $ref: "#/components/schemas/NewNote" }',
      '"200": { $ref: "#/components/responses/Note" }',
    ),
    line: "requestBody: # of a reminder",
    says: "The body has /options/key, but no x-idempotency-key: declare { at: /options/key }",
  },
  {
    title: "an operation with a field that is named like a key, and does not say so",
    find: "  /notes:\n",
    put: reminders(
      "{ type: object, properties: { text: { type: string, description: The text. }, idempotencyKey: { type: string, description: The key. } } }",
      '"204": { description: Done. }',
    ),
    line: "requestBody: # of a reminder",
    says: "The body has /idempotencyKey, but no x-idempotency-key",
  },
  {
    title: "a lifetime that is not a duration",
    find: "lifetime: PT24H",
    put: "lifetime: 24h",
    line: "lifetime: 24h",
    says: '"24h" is not a duration such as PT24H (ISO 8601).',
  },
  {
    title: "a misspelled setting",
    find: "lifetime: PT24H",
    put: "lifetme: PT24H",
    line: "lifetme: PT24H",
    says: "unknown key; known keys are at, lifetime",
  },
  {
    title: "a scope that no parameter has",
    find: "scope: [client, workspaceId]",
    put: "scope: [client, appId]",
    line: "scope: [client, appId]",
    says: "appId is not one of client, operation, workspaceId.",
  },
]);
