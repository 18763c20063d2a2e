import {
  exactStatus,
  responseFor,
  successResponses,
  successStatus,
  usualSuccess,
} from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const documented = (...statuses: string[]) => statuses.map((status) => ({ status }));

describe("successResponses and usualSuccess", () => {
  it.each([
    [["200"], ["200"], "200"],
    [["400", "202", "201", "default"], ["202", "201"], "201"],
    [["2XX", "4XX"], ["2XX"], "2XX"],
    [["2xx", "default"], ["2xx"], "2xx"],
    [["2XX", "204"], ["2XX", "204"], "2XX"],
    [["202", "2XX"], ["202", "2XX"], "2XX"],
    [["default"], ["default"], "default"],
    [["400", "Default"], ["Default"], "Default"],
    [["302", "4XX"], [], undefined],
    [["2X0", "20", "2000", "x-200"], [], undefined],
    [[], [], undefined],
  ])("return for %j: %j, usually %j", (statuses, successes, usual) => {
    expect(successResponses(documented(...statuses))).toEqual(documented(...successes));
    expect(usualSuccess(documented(...statuses))?.status).toBe(usual);
  });
});

describe("exactStatus and successStatus", () => {
  it.each([
    ["201", 201, 201],
    ["2XX", undefined, 200],
    ["2xx", undefined, 200],
    ["default", undefined, 200],
  ])("return for %j: %s, sent as %s", (status, exact, sent) => {
    expect(exactStatus({ status })).toBe(exact);
    expect(successStatus({ status })).toBe(sent);
  });
});

describe("responseFor", () => {
  it.each([
    [["200", "2XX", "default"], 200, "200"],
    [["default", "2XX"], 201, "2XX"],
    [["2xx"], 299, "2xx"],
    [["4XX", "default"], 404, "4XX"],
    [["4xx", "404"], 404, "404"],
    [["200", "4XX", "default"], 500, "default"],
    [["DEFAULT"], 500, "DEFAULT"],
    [["200", "4XX"], 500, undefined],
    [["2XX"], 100, undefined],
  ])("returns for %j and %i: %s", (statuses, status, expected) => {
    expect(responseFor(documented(...statuses), status)?.status).toBe(expected);
  });
});
