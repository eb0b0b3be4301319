// <result-list>: a list of links [data-result-link] in rows [data-result], with an optional preview beside it.
// Arrows, Home and End move real focus; "c" copies the chosen answer, "l" with its address, "m" for a chat; Right goes into [data-preview], Left and Esc come back.
// A row brings its answer in [data-answer-text] (text, or an attribute of the row) and its preview in a <template>.
// Up from the first row asks for the field: event "result-list:leave".

const CHOSEN = "row--chosen";
const COPIES = { KeyC: "plain", KeyL: "link", KeyM: "chat" };

class ResultList extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.addEventListener("focusin", (event) => this.choose(event.target.closest("[data-result]")));
    this.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && !this.contains(document.activeElement)) this.choose(event.target.closest("[data-result]"));
    });
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("htmx:afterSettle", () => this.choose(this.chosen ?? this.rows[0]));
    this.choose(this.chosen ?? this.rows[0]);
  }

  get rows() { return [...this.querySelectorAll("[data-result]")]; }
  get chosen() { return this.querySelector(`[data-result].${CHOSEN}`); }
  get preview() { return this.querySelector("[data-preview]"); }

  linkOf(row) { return row?.querySelector("[data-result-link]"); }

  answerOf(row) {
    if (!row) return "";
    const part = row.querySelector("[data-answer-text]");
    return (row.dataset.answerText || part?.dataset.answerText || part?.textContent || "").replace(/\s+\n/g, "\n").trim();
  }

  choose(row) {
    if (!row || !this.contains(row)) return;
    if (row !== this.chosen) {
      for (const other of this.rows) {
        other.classList.toggle(CHOSEN, other === row);
        if (other === row) this.linkOf(other)?.setAttribute("aria-current", "true");
        else this.linkOf(other)?.removeAttribute("aria-current");
      }
    }
    const words = row.querySelector("template");
    if (words && this.preview && this.preview.shown !== row) {
      this.preview.replaceChildren(words.content.cloneNode(true));
      this.preview.scrollTop = 0;
      this.preview.shown = row;
    }
  }

  // "plain"; "link": with the address below; "chat": for a customer, who gets the address only of what customers may read.
  textFor(row, how = "plain") {
    const text = this.answerOf(row);
    const link = row?.dataset.answerLink;
    if (!text || !link || how === "plain") return text;
    const address = new URL(link, location.href).href;
    if (how === "link") return `${text}\n${address}`;
    return row.dataset.answerPublic === undefined ? text : `${text}\n${this.dataset.more ?? ""} ${address}`;
  }

  copyChosen(how = "plain") {
    const text = this.textFor(this.chosen, how);
    if (!text) return false;
    const words = { link: this.dataset.copiedLink, chat: this.dataset.copiedChat }[how] ?? this.dataset.copied ?? "";
    document.dispatchEvent(new CustomEvent("opora:copy", { detail: { text, words } }));
    this.dispatchEvent(new CustomEvent("result-list:copied", { bubbles: true, detail: { row: this.chosen } }));
    return true;
  }

  focusFirst() {
    const link = this.linkOf(this.rows[0]);
    link?.focus();
    return Boolean(link);
  }

  onClick(event) {
    const button = event.target.closest("[data-copy-answer]");
    if (!button) return;
    this.choose(button.closest("[data-result]"));
    this.copyChosen(button.dataset.copyAnswer || "plain");
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inPreview = this.preview?.contains(event.target);
    if (inPreview) {
      if (event.key === "ArrowLeft" || event.key === "Escape") {
        event.preventDefault();
        this.linkOf(this.chosen)?.focus();
      }
      return;
    }
    const rows = this.rows;
    const at = rows.indexOf(event.target.closest("[data-result]"));
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0) this.dispatchEvent(new CustomEvent("result-list:leave", { bubbles: true }));
      else this.linkOf(rows[Math.min(to, rows.length - 1)])?.focus();
    } else if (event.key === "ArrowRight" && this.preview?.checkVisibility()) {
      event.preventDefault();
      this.preview.focus();
    } else if (!event.shiftKey && COPIES[event.code] && document.documentElement.dataset.singleKeys !== "off") {
      if (this.copyChosen(COPIES[event.code])) event.preventDefault();
    }
  }
}

customElements.define("result-list", ResultList);
