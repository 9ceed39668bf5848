import { mount } from "svelte";
import PromptBox from "./PromptBox.svelte";

mount(PromptBox, { target: document.querySelector("#app") });
