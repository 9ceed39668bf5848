/** Words of the other pictures. */
import type { ReadonlySignal } from "@preact/signals";
import type { Visit } from "tokimeter/labor";
import { type Format, wordsOf } from "../../i18n/full.ts";
import type { Picture } from "./pictures.tsx";

interface Words {
  readonly title: string;
  readonly choose: string;
  readonly names: Readonly<Record<Picture, string>>;
  readonly stories: Readonly<Record<Picture, (visit: Visit) => string>>;
  readonly lessons: Readonly<Record<Picture, string>>;
  readonly waiting: string;
}

function zh(f: Format): Words {
  const n = (count: number): string => f.count(count);
  return {
    title: "换个比方，数字不变",
    choose: "比方",
    names: { bricks: "积木", petrol: "汽油", coal: "煤", container: "集装箱", bullets: "子弹" },
    stories: {
      bricks: ({ told, kept, free, window }) =>
        `一箱 ${n(window)} 块积木。说话用掉 ${n(told)} 块，给成品留了 ${n(kept)} 块，箱子里还有 ${n(free)} 块。`,
      petrol: ({ told, kept, free, window }) =>
        `油箱装 ${n(window)} 升。说话烧掉 ${n(told)} 升，上路要用 ${n(kept)} 升，还剩 ${n(free)} 升。`,
      coal: ({ told, kept, free, window }) =>
        `煤仓装 ${n(window)} 铲。点火用了 ${n(told)} 铲，发电要用 ${n(kept)} 铲，还剩 ${n(free)} 铲。`,
      container: ({ told, kept, free, window }) =>
        `船上有 ${n(window)} 个箱位。去程装了 ${n(told)} 箱，回程订了 ${n(kept)} 个，空着 ${n(free)} 个。`,
      bullets: ({ told, kept, free, window }) =>
        `弹链上 ${n(window)} 发。试射打掉 ${n(told)} 发，正事留了 ${n(kept)} 发，还有 ${n(free)} 发。`,
    },
    lessons: {
      bricks: "token 是文字切成的小块。同一句话，各家的模具不一样，块数也不一样。",
      petrol: "买菜不必加最贵的油：日常的活用便宜的模型，难活再用贵的。",
      coal: "一铲一铲地烧，一度一度地算：用多少，付多少。",
      container: "箱子不问装的是什么：好话、闲话、空格，占的位置一样大。",
      bullets: "打出去的收不回来：发送之前先数一数。",
    },
    waiting: "这个模型的窗口未知，比方也就说不了。",
  };
}

function en(f: Format): Words {
  const n = (count: number): string => f.count(count);
  return {
    title: "Another picture, the same numbers",
    choose: "Picture",
    names: {
      bricks: "Building bricks",
      petrol: "Petrol",
      coal: "Coal",
      container: "Containers",
      bullets: "Bullets",
    },
    stories: {
      bricks: ({ told, kept, free, window }) =>
        `A box of ${n(window)} bricks. Your words took ${n(told)}, ${n(kept)} are kept for what is built, and ${n(free)} are left in the box.`,
      petrol: ({ told, kept, free, window }) =>
        `A tank of ${n(window)} litres. Your words burnt ${n(told)}, the trip itself needs ${n(kept)}, and ${n(free)} are left.`,
      coal: ({ told, kept, free, window }) =>
        `A bunker of ${n(window)} shovels. Lighting the fire took ${n(told)}, making the current takes ${n(kept)}, and ${n(free)} are left.`,
      container: ({ told, kept, free, window }) =>
        `A ship with ${n(window)} places. ${n(told)} went out full, ${n(kept)} are booked for the way back, and ${n(free)} are empty.`,
      bullets: ({ told, kept, free, window }) =>
        `A belt of ${n(window)} rounds. Trial shots took ${n(told)}, ${n(kept)} are kept for the task, and ${n(free)} are left.`,
    },
    lessons: {
      bricks:
        "Tokens are the pieces a text is cut into. Each maker has moulds of his own, so the same words are not the same number of pieces.",
      petrol:
        "You need no racing fuel to fetch groceries: a cheap model for daily work, the dear one for hard work.",
      coal: "It burns shovel by shovel, and is billed unit by unit: you pay for what you use.",
      container: "A container does not ask what is in it: work, chatter and empty space take the same room.",
      bullets: "What is fired does not come back: count before you send.",
    },
    waiting: "This model's window is not known, so there is nothing to compare.",
  };
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
