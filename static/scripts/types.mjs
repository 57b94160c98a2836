// Writes src/api/schema.ts: the native API as the server itself describes it (`python -m server openapi`).
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "src/api/schema.ts");
const python = process.env.PYTHON ?? ".venv/bin/python";
const METHODS = ["get", "post", "put", "patch", "delete"];
const PROSE = new Set(["title", "description", "summary"]);

const described = execFileSync(python, ["-m", "server", "openapi"], {
  cwd: dirname(root),
  encoding: "utf-8",
  maxBuffer: 2 ** 26,
});
const { paths, components, ...document } = JSON.parse(described);

/** Without prose, which says nothing of shapes (a title would even name a type), and with its references ours. */
function plain(part) {
  if (Array.isArray(part)) return part.map(plain);
  if (part === null || typeof part !== "object") return part;
  const kept = Object.entries(part).filter(
    ([name, value]) => !(PROSE.has(name) && typeof value === "string"),
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === "$ref" ? ours(value) : plain(value)]),
  );
}

const ours = (reference) => reference.replace("#/components/schemas/", "#/definitions/");

const record = (properties, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

function queryOf({ parameters }) {
  const named = parameters.filter((one) => one.in === "query");
  if (named.length === 0) return {};
  const required = named.filter((one) => one.required).map((one) => one.name);
  return { query: record(Object.fromEntries(named.map((one) => [one.name, one.schema])), required) };
}

function bodyOf({ requestBody }) {
  const schema = requestBody?.content["application/json"]?.schema;
  return schema ? { body: schema } : {};
}

function answerOf({ responses }) {
  const [, told] = Object.entries(responses).find(([status]) => status.startsWith("2"));
  return { answer: told.content?.["application/json"]?.schema ?? { tsType: "undefined" } };
}

const routes = Object.entries(paths).flatMap(([path, operations]) =>
  METHODS.filter((method) => method in operations).map((method) => {
    const operation = operations[method];
    const shape = record({ ...queryOf(operation), ...bodyOf(operation), ...answerOf(operation) });
    return [`${method.toUpperCase()} ${path}`, shape];
  }),
);

const definitions = { ...components.schemas, Routes: record(Object.fromEntries(routes)) };
// No route answers these: they are what goes wrong, and what the live socket says.
const spoken = Object.fromEntries(
  ["Routes", "Error", "DurableEvents", "BriefEvents"].map((name) => [
    name,
    { $ref: `#/components/schemas/${name}` },
  ]),
);
const schema = plain({ ...record(spoken), definitions });
const written = await compile(schema, "Wire", {
  bannerComment: `// Made by \`npm run types\` of the server's own description. Not to be edited.\n// ${document["x-shape"]}`,
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  unknownAny: true,
  format: false,
});
writeFileSync(target, written);
execFileSync(join(root, "node_modules/.bin/biome"), ["format", "--write", target], { cwd: root });
