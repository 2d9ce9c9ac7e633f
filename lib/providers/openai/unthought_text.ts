const OPEN = "<think>";
const CLOSE = "</think>";

/** Leaves out what models of reasoning write between `<think>` tags before their answer. */
export class UnthoughtText {
  #state: "start" | "thinking" | "answer" = "start";
  #held = "";

  push(text: string): string {
    if (this.#state === "answer") return text;
    this.#held += text;
    if (this.#state === "start") {
      const begun = this.#held.trimStart();
      if (begun.startsWith(OPEN)) this.#state = "thinking";
      else if (!OPEN.startsWith(begun)) return this.#answer(this.#held);
    }
    if (this.#state === "thinking") {
      const end = this.#held.indexOf(CLOSE);
      if (end >= 0) return this.#answer(this.#held.slice(end + CLOSE.length).trimStart());
      this.#held = OPEN + this.#held.slice(-CLOSE.length); // enough to find the end
    }
    return "";
  }

  /** Gives what was held back in vain. */
  flush(): string {
    return this.#state === "start" ? this.#answer(this.#held) : "";
  }

  #answer(text: string): string {
    this.#state = "answer";
    this.#held = "";
    return text;
  }
}
