// Tells the server which queries have settled, and how they ended: read for 1.5 s, Enter, an article opened, an answer
// copied. One beacon per query, sent when the next one comes or the page is left. What is asked stands in a signed
// token that came with the results ([data-search-token]); half-typed words are never sent.

const PAUSE_MS = 1500;
const ADDRESS = "/search/log/";
const WEIGHT = { paused: 1, entered: 2, opened: 3, copied: 3 };

let current = null;
let timer = 0;

function tokenIn(root) {
  if (!root?.querySelector) return "";
  const holder = root.matches("[data-search-token]") ? root : root.querySelector("[data-search-token]");
  return holder?.dataset.searchToken ?? "";
}

function begin(token) {
  send();
  clearTimeout(timer);
  current = token ? { token, ending: "", opened: "" } : null;
  if (current) timer = setTimeout(() => settle("paused"), PAUSE_MS);
}

function settle(ending, article = "") {
  if (!current || (WEIGHT[current.ending] ?? 0) > WEIGHT[ending]) return;
  current.ending = ending;
  if (article) current.opened = article;
}

function send() {
  if (current?.ending) navigator.sendBeacon(ADDRESS, new URLSearchParams(current));
  current = null;
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.requestConfig?.elt?.closest("search-box")) begin(tokenIn(event.detail.target));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-result-link], [data-preview] a");
  const list = link?.closest("result-list");
  const row = link?.closest("[data-result]") ?? list?.chosen;
  if (row) settle("opened", row.dataset.article);
});
document.addEventListener("result-list:copied", (event) => settle("copied", event.detail.row.dataset.article));
// Enter leads to the page of results, which logs the query itself.
document.addEventListener("submit", (event) => { if (event.target.closest("search-box")) current = null; });
addEventListener("pagehide", send);

const arrived = tokenIn(document.querySelector("main"));
if (arrived && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  begin(arrived);
  settle("entered");
}
