/** Starts the site: what is seen first, and then what can wait. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { TAGS } from "./i18n/index.ts";
import { keep } from "./offline/offline.ts";
import { isLink } from "./routes.ts";
import { Site } from "./site.tsx";
import { language, theme } from "./state/settings.ts";

// Before the first paint, which is not to flash the other theme.
effect(() => {
  document.documentElement.lang = TAGS[language.value];
  document.documentElement.dataset.theme = theme.value;
});
const root = document.getElementById("site");
if (root === null) throw new Error('index.html has no element "site"');
render(<Site />, root);

function openLink(): void {
  if (isLink()) void import("./share/open.tsx").then((it) => it.openLink());
}
openLink();
addEventListener("hashchange", openLink);

/** Milliseconds after the page is loaded that are left to the first count. */
const REST_MS = 2000;
addEventListener("load", () =>
  setTimeout(() => {
    void keep();
    void import("./styles/print.css");
    void import("./shortcuts.tsx").then((it) => it.listen());
  }, REST_MS),
);
