// Signing on a phone. <practice-sheet> sends a signature; without a connection it stays on this device and is sent
// again until the server has answered. The key in the form makes it arrive once. <practice-outbox> says what waits.

const STORE = "opora-signature:";
const RETRY_MS = 5000;

function kept() {
  return Object.keys(localStorage).filter((key) => key.startsWith(STORE)).map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
}
function say(words) { document.dispatchEvent(new CustomEvent("opora:say", { detail: { words } })); }

// What became of a signature: { url } once it stands, { words } if it was refused, null if nothing came back.
async function send(signature, csrf) {
  const body = new URLSearchParams(signature.fields);
  body.set("csrfmiddlewaretoken", csrf);
  let response;
  try {
    response = await fetch(signature.url, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10000) });
  } catch { return null; }
  if (response.status === 422) return response.json();
  if (response.status === 404) return { words: "" };
  if (!response.ok || response.redirected) return null;
  return response.json();
}

class PracticeSheet extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    // A rating below what is needed asks for the next step: its field opens by itself.
    this.form.addEventListener("change", (event) => {
      const more = this.querySelector("details");
      if (event.target.name === "rating" && more && Number(event.target.value) < Number(this.dataset.target ?? 2)) more.open = true;
    });
  }

  async onSubmit(event) {
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const signature = { url: this.form.action, fields, at: Date.now() };
    const name = STORE + this.form.elements.key.value;
    localStorage.setItem(name, JSON.stringify(signature));
    const answer = await send(signature, this.form.elements.csrfmiddlewaretoken.value);
    this.sending = false;
    if (answer === null) {
      say(this.dataset.wordsKept);
      this.note(this.dataset.wordsKept);
      document.querySelector("practice-outbox")?.show();
      return;
    }
    localStorage.removeItem(name);
    if (answer.url) location.assign(answer.url);
    else this.note(answer.words || this.dataset.wordsGone, true);
  }

  note(words, refused = false) {
    let line = this.querySelector(".sign-off__note");
    if (!line) {
      line = document.createElement("p");
      line.setAttribute("role", "alert");
      this.querySelector(".actions").before(line);
    }
    line.className = `sign-off__note ${refused ? "field__error" : "second"}`;
    line.textContent = words;
  }
}

class PracticeOutbox extends HTMLElement {
  connectedCallback() {
    this.show();
    window.addEventListener("online", () => this.flush());
    if (kept().length) this.flush();
  }

  // One line for all that waits; one for each that the server did not take, until somebody has looked at it.
  show() {
    const all = kept();
    const waiting = all.filter((one) => one.refused === undefined);
    this.replaceChildren();
    if (waiting.length) {
      this.append(this.line("offline", waiting.length === 1 ? this.dataset.wordsOne : this.dataset.wordsMore.replace("{n}", waiting.length)));
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.flush(), RETRY_MS);
    }
    for (const one of all.filter((each) => each.refused !== undefined)) {
      const line = this.line("warning", `${this.dataset.wordsRefused} ${one.refused || this.dataset.wordsGone}`);
      const link = document.createElement("a");
      link.href = one.url;
      link.textContent = this.dataset.wordsLook;
      link.addEventListener("click", () => localStorage.removeItem(one.key));
      line.append(link);
      this.append(line);
    }
  }

  line(name, said) {
    const line = document.createElement("p");
    line.className = "banner";
    const icon = document.createElement("span");
    icon.className = `icon icon--${name}`;
    icon.setAttribute("aria-hidden", "true");
    const words = document.createElement("span");
    words.textContent = said;
    line.append(icon, words);
    return line;
  }

  async flush() {
    let changed = 0;
    for (const signature of kept().filter((one) => one.refused === undefined)) {
      const answer = await send(signature, this.dataset.csrf);
      if (answer === null) break;
      changed += 1;
      if (answer.url) localStorage.removeItem(signature.key);
      else localStorage.setItem(signature.key, JSON.stringify({ ...signature, refused: answer.words }));
    }
    if (changed) location.reload();
    else this.show();
  }
}

customElements.define("practice-sheet", PracticeSheet);
customElements.define("practice-outbox", PracticeOutbox);
