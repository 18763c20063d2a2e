#!/usr/bin/env node
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 16)) {
  console.error(`dots-outbox needs Node 22.16 or later, and this is Node ${process.versions.node}.`);
  process.exit(2);
}
await import("../dist/cli.mjs");
