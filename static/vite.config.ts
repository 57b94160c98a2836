import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

const page = (name: string) => resolve(import.meta.dirname, `${name}.html`);
const pages = ["index", "phone"].filter((name) => existsSync(page(name)));

const server = process.env.BALCAO_SERVER ?? "http://127.0.0.1:3001";
const proxied = ["/api", "/auth", "/health", "/socket.io"];

const source = (path: string) => resolve(import.meta.dirname, "src", path);

// What runs before the console, or without it.
const APART = [
  "main.tsx",
  "words/pt-BR.ts",
  "words/en.ts",
  "words/es.ts",
  "phone/main.tsx",
  "phone/Phones.tsx",
];

/** What the console's first screen is made of. What it shares with those apart is not in it, nor what that imports. */
function firstScreen(context: Rolldown.ChunkingContext): ReadonlySet<string> {
  const graphOf = (id: string, found: Set<string>) => {
    if (found.has(id)) return found;
    found.add(id);
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) graphOf(imported, found);
    return found;
  };
  const apart = new Set<string>();
  for (const path of APART) graphOf(source(path), apart);
  return new Set([...graphOf(source("App.tsx"), new Set())].filter((id) => !apart.has(id)));
}

let first: ReadonlySet<string> | undefined;

/** One file, not twenty: there is a way to and fro for each. */
function chunkOf(id: string, context: Rolldown.ChunkingContext): string | null {
  first ??= firstScreen(context);
  return first.has(id) ? "App" : null;
}

/** A chunk's file and those of all that it imports. */
function withImports(
  fileName: string,
  bundle: Rolldown.OutputBundle,
  found = new Set<string>(),
): Set<string> {
  const chunk = bundle[fileName];
  if (chunk?.type !== "chunk" || found.has(fileName)) return found;
  found.add(fileName);
  for (const imported of chunk.imports) withImports(imported, bundle, found);
  return found;
}

// The console is imported after its words, which are those of the page's own language for nearly everybody. The browser
// fetches both at once, and what they import with them.
const PRELOADED = ["App", "pt-BR"];

const preloadConsole: Plugin = {
  name: "preload-console",
  transformIndexHtml: {
    order: "post",
    handler: (html, { path, bundle = {} }) => {
      if (path !== "/index.html") return [];
      const wanted = Object.values(bundle).filter((one) => PRELOADED.includes(one.name ?? ""));
      const files = new Set(wanted.flatMap(({ fileName }) => [...withImports(fileName, bundle)]));
      return [...files]
        .filter((fileName) => !html.includes(fileName))
        .map((fileName) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}` },
          injectTo: "head",
        }));
    },
  },
};

export default defineConfig({
  plugins: [preloadConsole],
  build: {
    outDir: "dist",
    target: "es2022",
    // Inlined files would need `data:` in more of the Content-Security-Policy than images have.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(pages.map((name) => [name, page(name)])),
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: chunkOf, debugName: "App" }],
        },
      },
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: {
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, ws: true }])),
  },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    setupFiles: "tests/words.ts",
    // For machines with much else to do.
    testTimeout: 60_000,
  },
});
