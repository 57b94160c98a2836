// The server shows its API documents without a CDN, so the two readers travel with the console.
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const vendored = {
  "swagger-ui": [
    ["swagger-ui-dist", "swagger-ui.css"],
    ["swagger-ui-dist", "swagger-ui-bundle.js"],
    ["swagger-ui-dist", "favicon-32x32.png"],
    ["swagger-ui-dist", "LICENSE"],
    ["swagger-ui-dist", "NOTICE"],
    ["swagger-ui-dist", "swagger-ui-bundle.js.LICENSE.txt"],
  ],
  redoc: [
    ["redoc", "bundles/redoc.standalone.js"],
    ["redoc", "bundles/redoc.standalone.js.LICENSE.txt"],
    ["redoc", "LICENSE"],
  ],
  inter: [["@fontsource-variable/inter", "LICENSE"]],
};

for (const [name, files] of Object.entries(vendored)) {
  const target = join(root, "dist/vendor", name);
  mkdirSync(target, { recursive: true });
  for (const [from, file] of files) {
    cpSync(join(root, "node_modules", from, file), join(target, file.split("/").at(-1)));
  }
}
