import type { Language } from "../../state/settings.ts";

/** What is told before the work on a day when there is no end to it. */
export const RAMBLING: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    "昨天晚上隔壁又装修，电钻响到十一点，我给物业打了三个电话，没有一个人管。",
    "早上地铁也挤，我站了一路，鞋还让人踩掉了一只。",
    "我妈上个月来住了两个星期，天天说我家里乱，你说她自己家也没多整齐。",
    "孩子这次数学考了八十七分，老师说粗心，我看是手机玩多了。",
    "对门那家养了只猫，半夜叫，叫得人睡不着，我现在都有黑眼圈了。",
    "听说小区门口要开一家新的火锅店，开业打五折，也不知道好不好吃。",
  ],
  en: [
    "Last night the neighbours were drilling until eleven, and nobody at the housing office picked up the phone, I tried three times. ",
    "This morning the underground was so full that I stood all the way, and somebody stepped on my shoe until it came off. ",
    "My mother stayed for two weeks last month and told me every day how untidy it is here, as if her own flat were any better. ",
    "My son came home with eighty-seven points in mathematics; careless, says the teacher, but I say it is the phone. ",
    "The people across the hall have a cat now that sings at midnight, and I have not slept properly since the weekend. ",
    "They say a new hotpot restaurant opens by the gate, half price in the first week, though who knows whether it is any good. ",
  ],
};
