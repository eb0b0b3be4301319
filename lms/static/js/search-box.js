// <search-box>: the field on top. htmx asks while typing; this shows the panel, moves between field and list, copies
// the chosen answer on Ctrl+C without a selection, and says the number of results half a second after the last key.
// On the results page the list stands in the page and there is no panel; the rest is the same.

const SAY_MS = 500;

class SearchBox extends HTMLElement {
  connectedCallback() {
    if (this.ready) return;
    this.ready = true;
    this.field = this.querySelector("input[type=search]");
    this.panel = this.querySelector(".search-panel");
    this.field.addEventListener("input", () => this.onInput());
    this.field.addEventListener("focus", () => this.show());
    this.field.addEventListener("keydown", (event) => this.onFieldKey(event));
    this.addEventListener("keydown", (event) => this.onEscape(event));
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.hide();
    });
    document.addEventListener("pointerdown", (event) => { if (!this.contains(event.target)) this.hide(); });
    document.addEventListener("result-list:leave", () => this.returnToField());
    document.addEventListener("copy", (event) => this.onCopy(event));
    this.field.addEventListener("htmx:configRequest", (event) => { if (!this.field.value.trim() && this.panel) event.preventDefault(); });
    document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.requestConfig?.elt === this.field) this.onResults(event.detail.target, event.detail.requestConfig.parameters?.q ?? event.detail.requestConfig.parameters?.get?.("q")); });
  }

  get list() { return this.panel ?? document.querySelector("main result-list"); }
  get isOpen() { return Boolean(this.panel) && !this.panel.hidden; }

  show() {
    if (!this.panel || !this.field.value.trim() || !this.panel.childElementCount) return;
    this.panel.hidden = false;
  }

  hide() {
    if (this.panel) this.panel.hidden = true;
  }

  onInput() {
    clearTimeout(this.saying);
    if (!this.field.value.trim()) this.hide();
  }

  onResults(target, asked) {
    this.answered = (asked ?? "").trim();
    if (this.contains(document.activeElement)) this.show();
    const words = target.querySelector("[data-say]")?.dataset.say ?? target.dataset.say;
    clearTimeout(this.saying);
    if (words) {
      this.saying = setTimeout(() => document.dispatchEvent(new CustomEvent("opora:say", { detail: { words } })), SAY_MS);
    }
  }

  onFieldKey(event) {
    // Enter opens the chosen result, but only one that answers what stands in the field now.
    if (event.key === "Enter" && !event.isComposing && this.isOpen && this.answered === this.field.value.trim()) {
      const link = this.list?.chosen?.querySelector("[data-result-link]");
      if (link) {
        event.preventDefault();
        link.click();
      }
    }
    if (event.key === "ArrowDown" && !event.altKey) {
      this.show();
      if (this.list?.focusFirst?.()) event.preventDefault();
    }
  }

  onEscape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();                        // the browser would empty the field
    if (event.target !== this.field) this.returnToField();
    else if (this.isOpen) this.hide();
    else this.field.blur();
  }

  returnToField() {
    const { selectionStart, selectionEnd } = this.field;
    this.field.focus();
    this.field.setSelectionRange(selectionStart, selectionEnd);
  }

  // No selection in the field, or focus on a link of the panel: the answer is what is meant.
  onCopy(event) {
    const active = document.activeElement;
    const fieldIdle = active === this.field && this.field.selectionStart === this.field.selectionEnd && this.field.value.trim() && (this.isOpen || !this.panel);
    const onLink = active?.matches("[data-result-link]") && String(getSelection()) === "";
    const list = this.list;
    if (!(fieldIdle || onLink) || !list?.chosen) return;
    const text = list.answerOf(list.chosen);
    if (!text) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("opora:say", { detail: { words: list.dataset.copied ?? "", toast: true } }));
    list.dispatchEvent(new CustomEvent("result-list:copied", { bubbles: true, detail: { row: list.chosen } }));
  }
}

customElements.define("search-box", SearchBox);
