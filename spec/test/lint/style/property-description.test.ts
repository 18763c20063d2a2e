import { catches } from "../break.ts";

catches("spec/property-description", [
  {
    title: "a property without a description",
    file: "schemas/note.yaml",
    find: "      description: The text.\n",
    put: "",
    line: "    text:",
    says: "The property text has no description.",
  },
  {
    title: "a blank description",
    find: "description: The label's name.",
    put: 'description: " "',
    line: "                  name:",
    says: "The property name has no description.",
  },
  {
    title: "a property whose reference has no description either",
    file: "schemas/note.yaml",
    find: "        id:\n          description: The ID of the author.\n",
    put: "        id: # bare\n",
    line: "# bare",
    says: "The property id has no description.",
  },
  {
    title: "the same below a property that is named like a condition",
    find: "description: The idempotency key.\n",
    put: `description: The idempotency key.
                    then:
                      type: object
                      description: A property named like a condition.
                      properties:
                        deep: {}
`,
    line: "deep: {}",
    says: "The property deep has no description.",
  },
]);
