import { readEventSubject } from "@dots-payouts/openapi";
import { Declared, itemsOf } from "../document/declared.ts";
import { childOf, meaningOf } from "../document/place.ts";
import { deadEnds, type Problem, report, unlisted, unreadable } from "../document/problem.ts";
import type { Place, Rule, RuleContext } from "../document/redocly.ts";
import { jsonSchemasOf } from "../document/schema.ts";

/** Every webhook says with `x-event` what it is about, and only webhooks do. */
export const event: Rule = () => {
  const declared = new Declared();
  const pending: (() => void)[] = [];
  return {
    Root: {
      leave() {
        for (const check of pending) check();
      },
    },
    Schema(node, context) {
      declared.noteSchema(node, context);
    },
    Paths: {
      PathItem: {
        Operation(node, { location, report }) {
          const about = childOf({ node, location }, "x-event");
          if (about.node === undefined) return;
          report({ message: "x-event: only a webhook is an event.", location: about.location.key() });
        },
      },
    },
    WebhooksMap: {
      PathItem: {
        Operation(node, context) {
          const operation = { node, location: context.location };
          const about = childOf(operation, "x-event");
          const tell = (problems: readonly Problem[]): void => report(context, "x-event", problems);
          if (about.node === undefined) {
            return tell([
              { problem: "the webhook does not say what it is about.", location: operation.location },
            ]);
          }
          const unread = unreadable(about, readEventSubject);
          if (unread.length > 0) return tell(unread);
          const body = meaningOf(childOf(operation, "requestBody"), context);
          pending.push(() => tell(problemsOf(about, body, declared, context)));
        },
      },
    },
  };
};

function problemsOf(about: Place, body: Place, declared: Declared, context: RuleContext): Problem[] {
  const schemas = jsonSchemasOf(body, context);
  const owner = childOf(about, "of");
  const kind = childOf(owner.node === undefined ? about : owner, "kind");
  const at = childOf(owner, "at");
  const schema = declared.schemaOf(kind.node);
  return [
    ...(schema === undefined ? unlisted("kind", kind.node, declared.kinds, kind.location) : []),
    ...(schema === undefined || at.node === undefined
      ? []
      : deadEnds("resource", [schema], at.node, at.location, context)),
    ...[childOf(about, "name"), ...["id", "resource"].flatMap((key) => itemsOf(childOf(about, key)))].flatMap(
      ({ node, location }) =>
        node === undefined || node === "" ? [] : deadEnds("body", schemas, node, location, context),
    ),
  ];
}
