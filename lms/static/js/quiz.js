// A test under way. <quiz-sheet> saves every answer of its form as it is given, keeps what did not arrive on this device
// and sends it again; <quiz-timer> counts down to the deadline of the server, whatever the clock here says.

const STORE = "opora-quiz:";
const PAUSE_MS = 500;
const LONGEST_UNSAVED_MS = 1500;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

// --- what did not arrive yet: for each question its newest save, kept over reloads ---

function unsent() {
  return Object.keys(localStorage).filter((key) => key.startsWith(STORE)).map((key) => JSON.parse(localStorage.getItem(key)));
}
function keep(save) { localStorage.setItem(STORE + save.url, JSON.stringify(save)); }
function drop(save) {
  const kept = JSON.parse(localStorage.getItem(STORE + save.url) ?? "null");
  if (kept && kept.client === save.client && kept.seq === save.seq) localStorage.removeItem(STORE + save.url);
}

// This tab by name, and its own count of saves: together the key by which the server knows a save again.
function nextKey(anew) {
  let client = sessionStorage.getItem("opora-quiz-client");
  if (!client || anew) {
    client = crypto.randomUUID?.() ?? anew;
    sessionStorage.setItem("opora-quiz-client", client);
    sessionStorage.setItem("opora-quiz-seq", "0");
  }
  const seq = Number(sessionStorage.getItem("opora-quiz-seq")) + 1;
  sessionStorage.setItem("opora-quiz-seq", String(seq));
  return { client, seq };
}

class QuizSheet extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.tries = 0;
    this.form.addEventListener("input", (event) => this.onInput(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    window.addEventListener("online", () => this.flush());
    if (unsent().length) this.flush();
  }

  // Choices are saved at once, typing when it pauses; who writes without a pause is saved all the same.
  onInput(event) {
    clearTimeout(this.typing);
    if (!this.dirty) this.unsavedSince = performance.now();
    this.dirty = true;
    this.show("saving");
    const pause = Math.min(PAUSE_MS, this.unsavedSince + LONGEST_UNSAVED_MS - performance.now());
    if (event.target.matches("input[type=text], textarea")) this.typing = setTimeout(() => this.save(), Math.max(pause, 0));
    else this.save();
  }

  save() {
    clearTimeout(this.typing);
    this.dirty = false;
    const data = new FormData(this.form);
    keep({
      url: location.pathname, answers: data.getAll("answer"), flagged: data.has("flagged"), ...nextKey(sessionStorage.getItem("opora-quiz-client") ? "" : this.dataset.client),
    });
    return this.flush();
  }

  async onSubmit(event) {
    const target = event.submitter?.dataset.url;
    if (!target) return;
    event.preventDefault();
    if (this.dirty) this.save();
    if (await this.flush()) location.assign(target);
  }

  // Sends what is kept, one after the other; whether everything arrived.
  flush() {
    this.flushing = (this.flushing ?? Promise.resolve()).then(() => this.sendAll());
    return this.flushing;
  }

  async sendAll() {
    clearTimeout(this.retry);
    for (const save of unsent()) {
      const sent = await this.send(save);
      if (!sent) {
        this.show("cut");
        this.retry = setTimeout(() => this.flush(), RETRY_MS[Math.min(this.tries++, RETRY_MS.length - 1)]);
        return false;
      }
    }
    this.tries = 0;
    if (!this.dirty && this.shown) this.show("saved");
    return true;
  }

  async send(save) {
    const body = new URLSearchParams({ client: save.client, seq: save.seq, csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    for (const answer of save.answers) body.append("answer", answer);
    if (save.flagged) body.set("flagged", "on");
    let response;
    try {
      response = await fetch(save.url, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(10000) });
    } catch { return false; }
    if (response.status === 409) {                     // a copy of this tab used the same count
      drop(save);
      keep({ ...save, ...nextKey(this.dataset.client) });
      return this.send(JSON.parse(localStorage.getItem(STORE + save.url)));
    }
    if (response.status === 410 || response.status === 404) {
      drop(save);
      if (response.status === 410 && save.url === location.pathname) location.assign(this.dataset.over);
      return true;
    }
    if (response.status === 422) {
      drop(save);
      const { words } = await response.json();
      this.show("refused", words);
      return save.url !== location.pathname;
    }
    if (!response.ok || response.redirected) return false;
    drop(save);
    return true;
  }

  show(state, words) {
    const line = document.getElementById("save-line");
    this.shown = true;
    line.classList.toggle("save-line--cut", state === "cut" || state === "refused");
    if (state === "saved") line.dataset.state = "current"; else delete line.dataset.state;
    const said = words ?? this.dataset[`words${state[0].toUpperCase()}${state.slice(1)}`];
    const shown = line.querySelector(".save-line__words");
    if (shown.textContent === said) return;
    shown.textContent = said;
    if (state === "cut" || state === "refused") document.dispatchEvent(new CustomEvent("opora:say", { detail: { words: said } }));
  }
}

class QuizTimer extends HTMLElement {
  connectedCallback() {
    this.end = performance.now() + Number(this.dataset.seconds) * 1000;
    this.tick();
    this.clock = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() { clearInterval(this.clock); }

  tick() {
    const left = Math.max(0, Math.round((this.end - performance.now()) / 1000));
    this.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    for (const [at, name] of [[300, "wordsSoon"], [60, "wordsLast"]]) {
      if (left === at) document.dispatchEvent(new CustomEvent("opora:say", { detail: { words: this.dataset[name] } }));
    }
    if (left === 0) {
      clearInterval(this.clock);
      location.assign(this.dataset.over);
    }
  }
}

customElements.define("quiz-sheet", QuizSheet);
customElements.define("quiz-timer", QuizTimer);
