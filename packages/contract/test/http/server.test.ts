import { expect, it } from "vitest";
import { openServer } from "../../src/http/server.ts";

it.each([
  ["http://localhost:4010", true],
  ["http://127.0.0.1:4010/api", true],
  ["https://127.1.2.3", true],
  ["http://[::1]:4010", true],
  ["http://localhost.example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["http://127.example.com", false],
  ["http://192.168.1.1", false],
  ["http://0.0.0.0", false],
  ["http://[::2]", false],
])("knows whether %s is on this machine: %s", (url, loopback) => {
  const server = openServer(new URL(url), {
    timeout: 1_000,
    maxSockets: 1,
    headers: {},
    proxy: undefined,
    tls: {},
  });
  expect(server.loopback).toBe(loopback);
  server.close();
});
