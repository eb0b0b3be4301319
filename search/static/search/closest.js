// While an article is written: which existing ones come closest to its title, so that nobody writes it twice.
(() => {
  const script = document.currentScript;
  const PAUSE = 600;

  const begin = () => {
    const title = document.querySelector("form [name='title']");
    // Only articles have an answer; the editor of anything else stays as it is.
    if (!title || !document.querySelector("form [name='answer']")) return;
    const box = document.createElement("div");
    box.setAttribute("aria-live", "polite");
    (title.closest(".w-field__wrapper") ?? title.parentElement).after(box);
    const page = /\/pages\/(\d+)\/edit\//.exec(location.pathname)?.[1] ?? "";
    let timer = 0;
    let asked = null;
    const ask = async () => {
      const words = title.value.trim();
      if (words === asked) return;
      asked = words;
      if (!words) return box.replaceChildren();
      try {
        const answer = await fetch(`${script.dataset.url}?${new URLSearchParams({ title: words, page })}`, { credentials: "same-origin" });
        const text = answer.ok ? await answer.text() : "";
        if (words === asked) box.innerHTML = text;
      } catch {
        asked = null;   // no connection: asked again with the next letter
      }
    };
    title.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    ask();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
