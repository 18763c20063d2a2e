#!/usr/bin/env node
const [major] = process.versions.node.split(".").map(Number);
if (major < 22) {
  console.error(`dots-mock needs Node 22 or later, and this is Node ${process.versions.node}.`);
  process.exit(2);
}
await import("../dist/cli.mjs");
