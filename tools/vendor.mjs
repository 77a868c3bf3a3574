// Copies the files of others that the portal serves (portal/static) or sets its papers with (portal/papers/fonts) from
// node_modules, with their licences, and writes portal/static/vendor/manifest.json: package, version, licence and SHA-256 of every file.
//   npm ci && node tools/vendor.mjs           copy
//   npm ci && node tools/vendor.mjs --check   fail when what is committed differs from the packages
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const portal = join(root, "portal");
const check = process.argv.includes("--check");

const ICONS = `
  arrow-clockwise arrow-counter-clockwise arrow-down arrow-left arrow-right arrow-square-out arrow-up bell buildings
  calendar-blank calendar-check calendar-plus caret-down chalkboard-teacher chat-text check check-circle clock
  clock-countdown code-simple copy door-open download-simple envelope-simple eye file-text funnel-simple gear-six
  globe-simple handshake hourglass-medium house-simple identification-card image info key link-simple list list-bullets
  list-numbers lock-simple magnifying-glass map-pin megaphone-simple minus newspaper paper-plane-tilt pencil-simple
  person-arms-spread phone plus printer question quotes rss-simple seal-check seal-warning shield-check sign-in sign-out
  squares-four text-b text-h-two text-h-three text-indent text-italic text-outdent ticket translate trash
  upload-simple user user-plus users-three warning warning-circle wheelchair x x-circle
`.trim().split(/\s+/);

// One file with every icon as a symbol: a page of twenty results names them instead of repeating their drawings.
function sprite(home) {
  const symbols = ICONS.map((icon) => {
    const source = readFileSync(join(home, `assets/bold/${icon}-bold.svg`), "utf8");
    const drawing = source.slice(source.indexOf(">") + 1, source.lastIndexOf("</svg>"));
    return `<symbol id="${icon}" viewBox="0 0 256 256">${drawing}</symbol>\n`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("")}</svg>\n`);
}

// The typesetter reads no woff2, and one file has to hold every letter of a weight.
const typeface = (family, weights) => ({
  name: `@expo-google-fonts/${family.toLowerCase()}`,
  into: `papers/fonts/${family.toLowerCase()}`,
  files: [["LICENSE_FONT", "LICENSE"], ...weights.map((weight) => [`${weight}/${family}_${weight}.ttf`, `${family}-${weight}.ttf`])],
});

const PACKAGES = [
  {
    name: "@phosphor-icons/core",
    into: "static/icons",
    files: [["LICENSE", "LICENSE"], [sprite, "sprite.svg"]],
  },
  {
    name: "trix",
    into: "static/vendor/trix",
    files: [["LICENSE", "LICENSE"], ["dist/trix.umd.min.js", "trix.umd.min.js"], ["dist/trix.css", "trix.css"]],
  },
  typeface("Commissioner", ["400Regular", "600SemiBold"]),
  typeface("Vollkorn", ["600SemiBold"]),
];

// The last line of a minified file names a source map that is not shipped: the browser would ask for it in vain.
function content(path) {
  const bytes = readFileSync(path);
  if (!path.endsWith(".js")) return bytes;
  return Buffer.from(bytes.toString("utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
}

const wanted = new Map();
const manifest = [];
for (const { name, into, files } of PACKAGES) {
  const home = join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  for (const [from, to] of files) {
    const bytes = typeof from === "function" ? from(home) : content(join(home, from));
    wanted.set(`${into}/${to}`, bytes);
    manifest.push({ file: `${into}/${to}`, name, version, licence: license, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
}
wanted.set("static/vendor/manifest.json", Buffer.from(JSON.stringify(manifest, null, 1) + "\n"));

const problems = [];
for (const [file, bytes] of wanted) {
  const path = join(portal, file);
  if (check) {
    if (!existsSync(path)) problems.push(`missing: ${file}`);
    else if (!readFileSync(path).equals(bytes)) problems.push(`differs: ${file}`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}
for (const folder of new Set(PACKAGES.map(({ into }) => into))) {
  for (const file of existsSync(join(portal, folder)) ? readdirSync(join(portal, folder)) : []) {
    if (wanted.has(`${folder}/${file}`)) continue;
    if (check) problems.push(`not from a package: ${folder}/${file}`);
    else rmSync(join(portal, folder, file));
  }
}
if (problems.length) {
  console.error(problems.join("\n") + "\nRun: node tools/vendor.mjs");
  process.exit(1);
}
