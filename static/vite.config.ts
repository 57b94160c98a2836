import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { defineConfig } from "vitest/config";

const page = (name: string) => resolve(import.meta.dirname, `${name}.html`);
const pages = ["index", "phone"].filter((name) => existsSync(page(name)));

const server = process.env.BALCAO_SERVER ?? "http://127.0.0.1:3001";
const proxied = ["/api", "/auth", "/health", "/socket.io"];

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

// The console is imported after its words; the browser fetches both at once, and what the console imports with it.
const preloadConsole: Plugin = {
  name: "preload-console",
  transformIndexHtml: {
    order: "post",
    handler: (html, { path, bundle = {} }) =>
      Object.values(bundle)
        .filter((one) => path === "/index.html" && one.type === "chunk" && one.name === "App")
        .flatMap(({ fileName }) => [...withImports(fileName, bundle)])
        .filter((fileName) => !html.includes(fileName))
        .map((fileName) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}` },
          injectTo: "head",
        })),
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
    rolldownOptions: { input: Object.fromEntries(pages.map((name) => [name, page(name)])) },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: {
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, ws: true }])),
  },
  test: { include: ["tests/**/*.test.{ts,tsx}"], environment: "happy-dom", setupFiles: "tests/words.ts" },
});
