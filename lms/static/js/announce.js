// Says things aloud and shows them: fills #say or #alert, and a toast that repeats the words for the eye.
// Others ask by an event: document.dispatchEvent(new CustomEvent("opora:say", { detail: { words, toast, urgent } })).

const TOAST_MS = 4000;

function speak(region, words) {
  if (!region) return;
  region.textContent = "";                         // the same words twice are still news
  requestAnimationFrame(() => { region.textContent = words; });
}

function showToast(words) {
  const box = document.getElementById("toasts");
  if (!box) return;
  const toast = document.createElement("p");
  toast.className = "toast";
  const sign = document.createElement("span");
  sign.className = "icon icon--check";
  toast.append(sign, words);
  box.replaceChildren(toast);
  // The top layer, so that an open dialog does not cover it.
  if (box.popover !== undefined) {
    box.popover = "manual";
    box.hidePopover();
    box.showPopover();
  }
  clearTimeout(showToast.timer);
  showToast.timer = setTimeout(() => {
    toast.remove();
    if (box.popover) box.hidePopover();
  }, TOAST_MS);
}

document.addEventListener("opora:say", (event) => {
  const { words, toast = false, urgent = false } = event.detail;
  speak(document.getElementById(urgent ? "alert" : "say"), words);
  if (toast) showToast(words);
});
