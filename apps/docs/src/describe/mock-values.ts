import { listMockValues, type MockValue, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/**
 * What the mock does at certain values of a request (`x-mock`), as Markdown; nothing where it does nothing. It says that
 * the API knows nothing of them.
 */
export function mockValues(document: OpenApiDocument, { requestBody }: Operation): string[] {
  const values = (requestBody?.content ?? []).flatMap(({ schema }) =>
    schema === undefined ? [] : listMockValues(document, schema),
  );
  if (values.length === 0) return [];
  return [
    "**Mock only.** These values belong to nobody. The [mock](/packages/mock/) does something at them, so that you can see how your code takes it; the API does not know them.",
    ["| Value | At | What the mock does |", "| --- | --- | --- |", ...values.map(row)].join("\n"),
  ];
}

function row({ pointer, value, effect }: MockValue): string {
  const does = [effect.summary, ...consequence(effect)].join(" ");
  return `| \`${value}\` | \`${pointer}\` | ${does.replaceAll("|", "\\|")} |`;
}

function consequence({ answer, moves }: MockValue["effect"]): string[] {
  if (answer !== undefined) return [`It answers ${answer.status}.`];
  const names = moves.map((move) => `\`${move}\``).join(" and then ");
  return [`What was created makes the move ${names} a second later.`];
}
