/** Words of the frame. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "./i18n/index.ts";
import type { ViewName } from "./routes.ts";
import type { Theme } from "./state/settings.ts";

interface Words {
  readonly title: (view: ViewName) => string;
  readonly skip: string;
  readonly nav: string;
  readonly views: Readonly<Record<ViewName, string>>;
  readonly language: string;
  readonly themes: Readonly<Record<Theme, string>>;
  readonly share: string;
  readonly privacy: string;
  readonly offline: string;
  readonly shortcuts: string;
  readonly viewLoading: string;
  readonly viewFailed: string;
  readonly retry: string;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({
  zh: () => {
    const views = {
      visit: "钟点工的一分钟",
      playground: "试验台",
      sayings: "说法对不对",
      agent: "智能体账单",
      value: "赠送与电费",
      files: "文件和文件夹",
    } as const;
    return {
      title: (view) => (view === "visit" ? "Tokimeter：token 计价器" : `${views[view]} · Tokimeter`),
      skip: "跳到正文",
      nav: "栏目",
      views,
      language: "语言",
      themes: { auto: "外观：跟随系统", light: "外观：浅色", dark: "外观：深色" },
      share: "分享",
      offline: "断网也能用。",
      shortcuts: "快捷键",
      privacy: "计数全部在本页完成，您写的内容不会离开浏览器。",
      viewLoading: "正在打开…",
      viewFailed: "这一栏没有打开。请检查网络，再试一次；您的文字还在。",
      retry: "再试一次",
    };
  },
  en: () => {
    const views = {
      visit: "The labor-minute",
      playground: "Playground",
      sayings: "Sayings",
      agent: "Agent bill",
      value: "Gifts and power",
      files: "Files",
    } as const;
    return {
      title: (view) =>
        view === "visit" ? "Tokimeter: a taximeter for tokens" : `${views[view]} · Tokimeter`,
      skip: "Skip to the content",
      nav: "Views",
      views,
      language: "Language",
      themes: { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" },
      share: "Share",
      offline: "It works offline too.",
      shortcuts: "Keyboard shortcuts",
      privacy: "All counting happens on this page. What you write never leaves your browser.",
      viewLoading: "Opening…",
      viewFailed: "This view did not open. Check the connection and try again; your text is still here.",
      retry: "Try again",
    };
  },
});
