// Makes the choice of a theme instant; the form behind it works without this file.

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-theme-form]") || button?.name !== "theme") return;
  event.preventDefault();
  const theme = button.value;
  const body = new FormData(form);
  body.set("theme", theme);
  const root = document.documentElement;
  const before = root.dataset.theme ?? "";
  show(theme === "system" ? "" : theme);
  fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => show(before));
});

function show(theme) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-form] [name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === (theme || "system")));
  }
}
