// Copying. A button [data-copy="#id"] copies the text of that element; data-copy-link adds an address below it;
// data-copied holds the words said afterwards. Works on plain-http hosts, where navigator.clipboard does not exist.
// Others ask by an event: document.dispatchEvent(new CustomEvent("opora:copy", { detail: { text, words } })).

// What must not travel with the text (badges, buttons) carries data-no-copy.
function textOf(element) {
  const clone = element.cloneNode(true);
  for (const part of clone.querySelectorAll("[data-no-copy], button, [hidden], .visually-hidden")) part.remove();
  clone.className = "";
  clone.hidden = false;
  const stage = document.createElement("div");     // laid out, so that innerText keeps the line breaks
  stage.className = "copy-stage";
  stage.append(clone);
  document.body.append(stage);
  const text = clone.innerText;
  stage.remove();
  return text.replace(/\u00a0/g, " ").replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

function copy(text) {
  let done = false;
  const listener = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", listener, { capture: true });
  try {
    document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", listener, { capture: true });
  }
  return done;
}

function announce(words) {
  document.dispatchEvent(new CustomEvent("opora:say", { detail: { words, toast: true } }));
}

document.addEventListener("opora:copy", (event) => {
  const { text, words } = event.detail;
  if (copy(text) && words) announce(words);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  if (!source) return;
  const link = button.dataset.copyLink;
  const text = [textOf(source), link ? new URL(link, location.href).href : ""].filter(Boolean).join("\n");
  if (copy(text)) announce(button.dataset.copied ?? "");
});
