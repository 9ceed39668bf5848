import "tokimeter/element";

const prompt = document.querySelector("#prompt");
const last = document.querySelector("#last");

document.addEventListener("reading", ({ detail }) => {
  last.value = detail.level === "over" ? "Too long to send." : "";
});
document.querySelector("#send").addEventListener("click", () => {
  prompt.value = "";
});
