/** The frame of the site: masthead, navigation, the view that the address names, and the promise at its foot. */
import { signal, useSignalEffect } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isOffline } from "./offline/offline.ts";
import { addressOf, VIEWS, type ViewName, view } from "./routes.ts";
import { words } from "./site-words.ts";
import { language, nextTheme, theme } from "./state/settings.ts";
import { announce } from "./ui/announcer.ts";
import { ShareIcon, ThemeIcon } from "./ui/icons.tsx";
import { Segmented } from "./ui/segmented.tsx";
import { Visit } from "./views/visit/visit.tsx";

/** The first view is here at once; each other one is loaded when it is asked for. */
const LOADERS: Readonly<Record<Exclude<ViewName, "visit">, () => Promise<ComponentType>>> = {
  playground: async () => (await import("./views/playground/playground.tsx")).Playground,
  sayings: async () => (await import("./views/sayings/sayings.tsx")).Sayings,
  agent: async () => (await import("./views/agent/agent.tsx")).AgentRun,
  value: async () => (await import("./views/value/value.tsx")).Value,
  files: async () => (await import("./views/files/files.tsx")).Files,
};

type State = { readonly kind: "ready"; readonly view: ComponentType } | { readonly kind: "failed" };
const loaded = signal<ReadonlyMap<ViewName, State>>(new Map([["visit", { kind: "ready", view: Visit }]]));

async function load(name: ViewName): Promise<void> {
  if (name === "visit" || loaded.peek().get(name)?.kind === "ready") return;
  let state: State;
  try {
    state = { kind: "ready", view: await LOADERS[name]() };
  } catch {
    state = { kind: "failed" };
  }
  loaded.value = new Map([...loaded.peek(), [name, state]]);
}

export function Site(): JSX.Element {
  useSignalEffect(() => void load(view.value));
  useSignalEffect(() => {
    document.title = words.value.title(view.value);
  });
  useEntrance(view.value);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        {words.value.skip}
      </button>
      <Masthead />
      <main id="main" tabIndex={-1} data-view={view.value}>
        <View />
      </main>
      <footer class="foot">
        <p>{words.value.privacy}</p>
        <p>
          {isOffline.value ? words.value.offline : null}{" "}
          <button
            type="button"
            class="plain"
            onClick={() => void import("./shortcuts.tsx").then((it) => it.help())}
          >
            {words.value.shortcuts}
          </button>
        </p>
      </footer>
    </>
  );
}

/** A view that is entered is seen from its top, and named: the page is not loaded anew, so nobody else would name it. */
function useEntrance(now: ViewName): void {
  const before = useRef(now);
  useEffect(() => {
    document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (before.current === now) return;
    before.current = now;
    scrollTo(0, 0);
    announce(words.peek().views[now]);
  }, [now]);
}

function View(): JSX.Element {
  const state = loaded.value.get(view.value);
  if (state?.kind === "ready") {
    const Ready = state.view;
    return <Ready key={view.value} />;
  }
  if (state?.kind === "failed") {
    return (
      <div class="page notice" role="alert">
        <p>{words.value.viewFailed}</p>
        <button type="button" class="quiet" onClick={() => void load(view.peek())}>
          {words.value.retry}
        </button>
      </div>
    );
  }
  return <p class="page note">{words.value.viewLoading}</p>;
}

function Masthead(): JSX.Element {
  const { nav, language: label, themes, share } = words.value;
  return (
    <header class="masthead">
      <a class="brand" href={addressOf("visit")}>
        <img src="./favicon.svg" alt="" width="32" height="32" />
        Tokimeter
      </a>
      <nav class="nav" aria-label={nav}>
        <ul>
          {VIEWS.map((each) => (
            <li key={each}>
              <a href={addressOf(each)} aria-current={each === view.value ? "page" : undefined}>
                {words.value.views[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="preferences">
        <Segmented
          label={label}
          options={[
            { value: "zh", text: "中文", lang: "zh-CN" },
            { value: "en", text: "English", lang: "en" },
          ]}
          value={language}
        />
        <button
          type="button"
          class="quiet icon"
          aria-label={themes[theme.value]}
          title={themes[theme.value]}
          onClick={nextTheme}
        >
          <ThemeIcon theme={theme.value} />
        </button>
        <button
          type="button"
          class="quiet icon"
          aria-label={share}
          title={share}
          aria-haspopup="dialog"
          onClick={() => void import("./share/share-dialog.tsx").then((it) => it.share())}
        >
          <ShareIcon />
        </button>
      </div>
    </header>
  );
}
