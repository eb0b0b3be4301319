// Looks at the text again while somebody writes: once the form has been still for a moment and the panel is open.
// Rich text tells nobody that it changed, so the form is compared with itself, as Wagtail does for unsaved changes.

const LOOK_MS = 1500;

class KbHints extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.showBlock);
    this.timer = setInterval(() => this.look(), LOOK_MS);
    // The number on the panel's button is of both kinds; Wagtail writes only its own.
    this.watching = new MutationObserver(() => this.total());
    // The rest of the page may not be read yet.
    document.addEventListener("DOMContentLoaded", () => this.watch());
    if (document.readyState !== "loading") this.watch();
  }

  watch() {
    this.form = document.querySelector("form[data-edit-form]");
    this.list = this.querySelector("[data-hints-list]");
    this.count = this.querySelector("[data-hints-count]");
    this.badge = document.querySelector('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]');
    this.issues = document.querySelector('[data-side-panel="checks"] [data-content-checker-count]');
    if (this.issues) this.watching.observe(this.issues, { childList: true, characterData: true, subtree: true });
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.watching.disconnect();
  }

  async look() {
    if (!this.form || this.busy || document.hidden || !this.checkVisibility()) return;
    const data = new FormData(this.form);
    const now = new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
    const written = String(now);
    const still = written === this.seen;
    this.seen = written;
    if (!still || written === this.asked) return;
    this.asked = written;
    this.busy = true;
    try {
      const reply = await fetch(this.dataset.address, { method: "POST", body: now });
      if (reply.ok) this.show(await reply.text());
    } catch {
      this.asked = "";                               // the connection is away: asked again
    } finally {
      this.busy = false;
    }
  }

  show(html) {
    if (html === this.shown) return;
    this.shown = html;
    const focused = this.contains(document.activeElement) ? document.activeElement.dataset.hintBlock : null;
    this.list.innerHTML = html;
    if (focused) this.list.querySelector(`[data-hint-block="${CSS.escape(focused)}"]`)?.focus();
    this.count.textContent = this.list.querySelectorAll(".kb-hints__row").length;
    this.total();
  }

  total() {
    if (!this.badge) return;
    const sum = Number(this.count.textContent) + (Number(this.issues?.textContent) || 0);
    this.badge.textContent = sum;
    this.badge.hidden = sum === 0;
  }

  showBlock(event) {
    const name = event.target.closest("[data-hint-block]")?.dataset.hintBlock;
    const block = name && document.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
    if (!block) return;
    block.scrollIntoView({ block: "center" });
    const inside = ["[contenteditable=true], textarea, input:not([type=hidden])", "button"];
    inside.map((one) => block.querySelector(one)).find(Boolean)?.focus({ preventScroll: true });
  }
}

customElements.define("kb-hints", KbHints);
