import { createApp } from "vue";
import PromptBox from "./PromptBox.vue";

createApp(PromptBox).mount("#app");
