// The keyboard: "/" and Ctrl+K go to the search, "?" opens the map, "]" folds the right column, "g" and a letter
// goes to a screen ([data-go]), any other single key presses the visible [data-key] of that name.
// Single keys sleep in text fields and when the reader has switched them off.

const GO_MS = 1500;
const root = document.documentElement;
let goUntil = 0;

// The name of a key in any layout: Latin letters and signs as they are, else the place on the keyboard.
function nameOf(event) {
  const { key, code } = event;
  if (key.length !== 1) return key;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (code === "Slash" && key === ".") return "/";            // the Russian layout has a full stop there
  if (code === "Slash" && key === "," && event.shiftKey) return "?";
  if (key.codePointAt(0) < 128) return key;
  if (code.startsWith("Key")) return code.slice(3).toLowerCase();
  return { BracketRight: "]", BracketLeft: "[", Slash: "/" }[code] ?? key;
}

function isTyping(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])");
}

function focusSearch() {
  const field = document.getElementById("q");
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

function visible(elements) {
  return [...elements].find((element) => element.checkVisibility?.() ?? element.offsetParent !== null);
}

function press(name) {
  const near = document.activeElement?.closest("[data-keys]");
  const selector = `[data-key="${CSS.escape(name)}"]`;
  const target = (near && visible(near.querySelectorAll(selector))) ?? visible(document.querySelectorAll(selector));
  target?.click();
  if (target?.matches("summary, input")) target.focus();   // the keys of what it opens, or Enter, come next
  return Boolean(target);
}

function go(name) {
  const link = document.querySelector(`[data-go="${CSS.escape(name)}"]`);
  link?.click();
  return Boolean(link);
}

function foldContext() {
  const context = document.querySelector(".context");
  if (!context) return false;
  const fold = context.querySelector(":scope > details");
  if (fold && getComputedStyle(fold.querySelector("summary")).display !== "none") {
    fold.open = !fold.open;
    return true;
  }
  const folded = root.dataset.context !== "folded";
  if (folded) root.dataset.context = "folded"; else delete root.dataset.context;
  document.cookie = `context=${folded ? "folded" : ""}; path=/; max-age=${folded ? 31536000 : 0}; samesite=lax`;
  return true;
}

function act(name) {
  const going = performance.now() < goUntil;
  goUntil = 0;
  if (going) return go(name);
  if (name === "g") {
    goUntil = performance.now() + GO_MS;
    return Boolean(document.querySelector("[data-go]"));
  }
  if (name === "/") return focusSearch();
  if (name === "]") return foldContext();
  if (name === "?") {
    const map = document.getElementById("key-map");
    if (map && !map.open) map.showModal();
    return Boolean(map);
  }
  return press(name);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK") {
    if (focusSearch()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length !== 1 || event.key === " " || root.dataset.singleKeys === "off") return;
  if (isTyping(event.target) || document.querySelector("dialog:modal")) return;
  if (act(nameOf(event))) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-focus-search]") && focusSearch()) event.preventDefault();
});
