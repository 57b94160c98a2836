import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = (name: string) => resolve(import.meta.dirname, name);

/** `src/live/live.ts` as it is, but for where it hands what it applies. */
export default defineConfig({
  plugins: [
    {
      name: "record-what-is-applied",
      enforce: "pre",
      resolveId: (source, importer) =>
        source === "./apply" && importer?.endsWith("src/live/live.ts") ? here("apply.ts") : null,
    },
  ],
  build: {
    target: "es2022",
    minify: false,
    lib: { entry: here("page.ts"), formats: ["es"], fileName: "page" },
    // One file: it is served from no folder that others could lie in.
    rolldownOptions: { output: { codeSplitting: false } },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
