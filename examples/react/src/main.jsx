import { createRoot } from "react-dom/client";
import { PromptBox } from "./PromptBox.jsx";

createRoot(document.querySelector("#app")).render(<PromptBox />);
