import { listMockValues, type MockValue, type OpenApiDocument, type Operation } from "@dots-payouts/openapi";

/**
 * What the mock does for certain values of a request (`x-mock`), as Markdown; empty if there are none. It says that
 * the API does not treat them specially.
 */
export function mockValues(document: OpenApiDocument, { requestBody }: Operation): string[] {
  const values = (requestBody?.content ?? []).flatMap(({ schema }) =>
    schema === undefined ? [] : listMockValues(document, schema),
  );
  if (values.length === 0) return [];
  return [
    "**Mock only.** These values belong to nobody. The [mock](/packages/mock/) treats them specially, so that you can test how your code reacts; the API does not.",
    ["| Value | Field | What the mock does |", "| --- | --- | --- |", ...values.map(row)].join("\n"),
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
