import "tokimeter/element";
import { useEffect, useId, useRef, useState } from "react";

/** A prompt with a meter. The text area is a controlled one, as in most forms. */
export function PromptBox() {
  const id = useId();
  const [text, setText] = useState("");
  const [level, setLevel] = useState("ok");
  const meter = useRef(null);

  useEffect(() => {
    const { current } = meter;
    const onReading = ({ detail }) => setLevel(detail.level);
    current.addEventListener("reading", onReading);
    return () => current.removeEventListener("reading", onReading);
  }, []);

  return (
    <>
      <h1>A meter in React</h1>
      <label htmlFor={id}>Prompt</label>
      <textarea id={id} rows={6} value={text} onChange={(event) => setText(event.target.value)} />
      <token-meter ref={meter} htmlFor={id} model="gpt-5.2" reserve={1000} />
      <p>
        <button type="button" disabled={level === "over"} onClick={() => setText("")}>
          Send
        </button>
      </p>
    </>
  );
}
