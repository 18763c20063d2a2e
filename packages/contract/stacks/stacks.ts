import { join } from "node:path";

/** A command with its arguments. */
type Command = readonly [program: string, ...args: string[]];

/** A server of the API in one language, with its requirements. */
export interface Stack {
  readonly name: string;
  /** Programs that must be installed. */
  readonly programs: readonly string[];
  /** Installs what the server needs into a folder. */
  prepare(folder: string): readonly Command[];
  start(folder: string): Command;
}

const at = (...path: string[]): string => join(import.meta.dirname, ...path);

/** Correct servers, each in the usual style of its language. */
export const stacks: readonly Stack[] = [
  {
    name: "Node, Fastify, Ajv",
    programs: [process.execPath],
    prepare: () => [],
    start: () => [process.execPath, at("fastify/server.ts")],
  },
  {
    name: "Python, FastAPI, jsonschema",
    programs: ["python3"],
    prepare: (folder) => [
      ["python3", "-m", "venv", folder],
      [join(folder, "bin/pip"), "install", "--quiet", "-r", at("fastapi/requirements.txt")],
    ],
    start: (folder) => [join(folder, "bin/python"), at("fastapi/server.py")],
  },
  {
    name: "Go, net/http, santhosh-tekuri/jsonschema",
    programs: ["go"],
    prepare: (folder) => [["go", "build", "-C", at("go"), "-o", join(folder, "server"), "."]],
    start: (folder) => [join(folder, "server")],
  },
  {
    name: "Java, jdk.httpserver, networknt",
    programs: ["java", "javac", "mvn"],
    prepare: (folder) => [
      [
        ...(["mvn", "-q", "-f", at("java/pom.xml"), "dependency:copy-dependencies"] as const),
        `-DoutputDirectory=${join(folder, "lib")}`,
      ],
      ["javac", "-cp", join(folder, "lib/*"), "-d", folder, at("java/Server.java")],
    ],
    start: (folder) => [
      "java",
      "-Dsun.net.httpserver.nodelay=true",
      "-cp",
      `${join(folder, "lib/*")}:${folder}`,
      "Server",
    ],
  },
];
