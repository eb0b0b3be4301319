// What every htmx exchange needs: a fresh CSRF token, aria-busy on the part that waits, and what to do when it fails.

function csrfToken() {
  const name = document.querySelector("meta[name=csrf-cookie]")?.content || "csrftoken";
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  if (cookie) return decodeURIComponent(cookie.slice(name.length + 1));
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) {
    const dialog = document.getElementById("session-over");
    if (dialog && !dialog.open) dialog.showModal();
    return;
  }
  fail(document.body.dataset.wordsFailed);
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => fail(document.body.dataset.wordsOffline));
}

function fail(words) {
  if (words) document.dispatchEvent(new CustomEvent("opora:say", { detail: { words, toast: true, urgent: true } }));
}
