/**
 * Phrases that ask a model for nothing: politeness and venting, Chinese and English. Only a whole sentence, or a whole part of one
 * between commas, is ever taken for one of these. Lower case, with straight apostrophes, lists joined by bars.
 */

/** Openers: only at the beginning of the text. */
export const GREETINGS: string =
  "hello|hi|hey|hi there|hello there|hey there|good morning|good afternoon|good evening|" +
  "hi chatgpt|hello chatgpt|hey chatgpt|hi claude|hello claude|hey claude|" +
  "i hope this message finds you well|i hope this finds you well|i hope you are doing well|" +
  "i hope you're doing well|hope you're doing well|hope you are well|" +
  "i hope you're having a great day|sorry to bother you|sorry for bothering you|" +
  "sorry to bother you again|你好|您好|你好啊|你好呀|嗨|哈喽|嗨你好|早上好|下午好|晚上好|" +
  "在吗|在么|亲|不好意思|不好意思打扰了|不好意思打扰一下|打扰了|打扰一下|抱歉打扰了|" +
  "抱歉打扰一下";

/** Closers: anywhere. */
export const THANKS: string =
  "please|pretty please|thanks|thank you|thanks a lot|thanks so much|thank you so much|" +
  "thank you very much|many thanks|thanks in advance|thank you in advance|" +
  "many thanks in advance|thank you so much in advance|thank you very much in advance|" +
  "thanks so much in advance|thanks for your help|thank you for your help|" +
  "thank you so much for your help|much appreciated|i appreciate your help|" +
  "i really appreciate your help|i appreciate it|i really appreciate it|i'd appreciate it|i'd really appreciate it|" +
  "please and thank you|please and thanks|" +
  "any help is appreciated|any help would be appreciated|" +
  "any help would be greatly appreciated|thank you for your time|thanks for your time|" +
  "have a nice day|have a great day|if you don't mind|if it's not too much trouble|" +
  "if that's ok|if that's okay|i would be very grateful|谢谢|谢谢老师|谢谢大佬|谢谢亲|谢谢你|谢谢您|谢谢啦|谢啦|" +
  "谢谢了|多谢|多谢了|先谢谢了|先谢谢你了|先谢过|感谢|非常感谢|十分感谢|万分感谢|感谢感谢|" +
  "谢谢谢谢|提前感谢|感谢你|感谢您|非常感谢你|非常感谢您|感谢你的帮助|感谢您的帮助|" +
  "非常感谢你的帮助|非常感谢您的帮助|谢谢你的帮助|谢谢您的帮助|辛苦了|辛苦你了|辛苦您了|" +
  "你辛苦了|您辛苦了|辛苦啦|麻烦你了|麻烦您了|麻烦了|麻烦啦|拜托了|拜托|拜托拜托|拜托你了|" +
  "拜托啦|劳烦了|劳驾|爱你|么么哒|祝你生活愉快";

/** What stands before a verb and can go with nothing lost. */
export const BEFORE_VERBS: string =
  "能不能麻烦你帮我|能不能麻烦您帮我|能不能请你帮我|能不能请您帮我|可不可以请你帮我|" +
  "可以麻烦你帮我|可以请你帮我|能麻烦你帮我|能否请您帮我|能否请你帮我|麻烦你帮我|麻烦您帮我|" +
  "麻烦帮我|请你帮我|请您帮我|请帮我|拜托你帮我|拜托帮我|劳驾帮我|麻烦你|麻烦您";

/** Verbs that may follow these. Behind anything else, such as 我妈妈, the phrase is needed. */
export const VERBS: string =
  "写改翻做看查找算总分生画列整解检修编起润优把用给完制设计搜取拟订拿核排比提讲说梳归转补压删扩缩校打擦洗扫煮炒";

/** What may stand in front of a complaint, in any order and number. The longer ones come first. */
export const BEFORE_COMPLAINTS: string =
  "这几天|哎呀|天哪|今天|昨天|最近|上午|下午|早上|今早|刚才|真的|真是|简直|上班|下班|加班|" +
  "工作|上课|开会|通勤|地铁|堵车|老板|同事|客户|领导|楼下|超市|商场|门口|隔壁|正在|快要|" +
  "天气|我|真|又|都|快|太|好|被|把|让|给|要|可|啊|哎|唉|的|也|在|很";

/** A complaint, or a bit of small talk. */
export const COMPLAINTS: string =
  "气死我了|气死了|烦死我了|烦死了|累死我了|累死了|困死了|累|烦|心累|郁闷|崩溃|崩溃了|无语|" +
  "无语了|受不了了|倒霉|倒霉死了|饿死了|热死了|冷死了|不想上班|打折|打折了|大减价|搞活动|" +
  "促销|不错|热|冷|下雨了";

/** What complaints are about. If it stands anywhere else in the text, the text is about it. */
export const TOPICS: string =
  "上班|加班|工作|上课|开会|通勤|地铁|堵车|老板|同事|客户|领导|超市|商场|天气|打折|促销|" +
  "work|job|boss|traffic|coworker|tired|exhausted|angry|day|supermarket|store|shop|mall|" +
  "sale|weather|stressed";

/** The same in English, on a part of a sentence of at most {@link MOST} code units. */
export const COMPLAINTS_IN_ENGLISH: readonly RegExp[] = [
  /^(i'm|i am) (so |really |very |just )?(tired|exhausted|stressed out|fed up|annoyed|angry|bored|sleepy|hungry)( today| again| lately| right now| after work)?$/,
  /^(work|my boss|my job|traffic|my coworkers?) (really |just )?(made|makes|is making|drives|is driving) me (so |really |very )?(angry|crazy|mad|tired|nuts|sad)( today| again| lately| right now)?$/,
  /^(i had|i've had|it's been|it was|what) (such )?(a |an )?(really )?(terrible |horrible |awful |bad |long |crazy |rough |tough )?day( today| at work)?$/,
  /^(the |our )?(supermarket|store|shop|mall)( downstairs| next door| around the corner)? (has|is having) a (big )?sale( today| again)?$/,
  /^the weather is (so |really )?(nice|lovely|great|terrible|hot|cold|awful)( today| outside)?$/,
];

/** No phrase is longer. */
export const MOST = 80;

/**
 * Who asks for something to be done with words may mean any of the words: then only what stands in front of the verb in that very
 * part of a sentence is a phrase.
 */
export const ABOUT_WORDS: RegExp =
  /translat|proofread|polish|rewrit|rephras|paraphras|grammar|pronounc|how (do|would|to) (you |i )?say|summar|following|below|above|subtitle|dialog|lyrics|\bquot|\bmean|sentiment|\btone\b|classif|\bcount|how many|\bword|\bphrase|\bsentence|\btext\b|\brepl|polite|formal|greeting|翻译|译成|译为|英文|英语|日语|怎么说|润色|改写|校对|语法|造句|句子|短语|例句|总结|概括|摘要|以下|下面|上面|字幕|台词|对话|歌词|引用|(?<!不好)意思|含义|语气|礼貌|客气|正式|措辞|哪个词|情感|分类|多少个字|字数|回复|文本|原文|这段话|这段文字|这段文本|这段英|这段中|这句|这封/i;

/** Who asks for a letter may dictate it: then only the very beginning and the very end of the text are phrases. */
export const ABOUT_LETTERS: RegExp =
  /e-?mail|\bletter|\bnote\b|\bcard\b|message|speech|邮件|写信|封信|谢信|信件|书信|贺卡|卡片|短信|微信|祝福|发言|致辞|文案/i;

/** Who asks for comfort or a story means what is told. */
export const ABOUT_FEELINGS: RegExp =
  /should i|advice|advise|comfort|\bcheer|\bfeel|stress|burn ?out|diary|\bstory|novel|poem|lyric|\bvent(ing)?\b|therap|doctor|symptom|health|why am i|怎么办|为什么|安慰|建议|情绪|心情|心理|压力|失眠|日记|故事|小说|诗|吐槽|辞职|投诉|医生|症状|缓解|放松|聊聊|陪我/i;
