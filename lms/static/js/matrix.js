// <matrix-grid>: a table of cells with one tab stop. Arrows, Home and End move, Enter or a click explains beside,
// "p" opens the person's record. A row carries data-person, a head data-competence.

const CELLS = "td:not(.matrix__ready)";

class MatrixGrid extends HTMLElement {
  connectedCallback() {
    const first = this.querySelector(`tbody ${CELLS}`);
    if (first) first.tabIndex = 0;
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => {
      const cell = event.target.closest(`tbody ${CELLS}`);
      if (cell) this.choose(cell);
    });
  }

  rowsOf() { return [...this.querySelectorAll("tbody tr")]; }
  cellsOf(row) { return [...row.querySelectorAll(CELLS)]; }

  focusOn(cell) {
    if (!cell) return;
    this.querySelector(`${CELLS}[tabindex="0"]`)?.removeAttribute("tabindex");
    cell.tabIndex = 0;
    cell.focus();
  }

  onKey(event) {
    const cell = event.target.closest(`tbody ${CELLS}`);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = this.rowsOf();
    const row = cell.parentElement;
    const cells = this.cellsOf(row);
    const across = cells.indexOf(cell);
    const down = rows.indexOf(row);
    const at = (line, place) => this.cellsOf(rows[Math.max(0, Math.min(line, rows.length - 1))])[Math.max(0, Math.min(place, cells.length - 1))];
    const moves = {
      ArrowLeft: () => at(down, across - 1), ArrowRight: () => at(down, across + 1),
      ArrowUp: () => at(down - 1, across), ArrowDown: () => at(down + 1, across),
      Home: () => at(down, 0), End: () => at(down, cells.length - 1),
      PageUp: () => at(down - 10, across), PageDown: () => at(down + 10, across),
    };
    if (moves[event.key]) { event.preventDefault(); this.focusOn(moves[event.key]()); }
    else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.choose(cell); }
    else if (event.code === "KeyP") { event.preventDefault(); row.querySelector("th a")?.click(); }
  }

  choose(cell) {
    const row = cell.parentElement;
    const head = this.querySelectorAll("thead [data-competence]")[this.cellsOf(row).indexOf(cell)];
    if (!head) return;
    for (const chosen of this.querySelectorAll('[aria-selected="true"]')) chosen.removeAttribute("aria-selected");
    cell.setAttribute("aria-selected", "true");
    row.setAttribute("aria-selected", "true");
    this.focusOn(cell);
    const query = new URLSearchParams({ person: row.dataset.person, competence: head.dataset.competence });
    if (this.dataset.on) query.set("on", this.dataset.on);
    window.htmx?.ajax("GET", `${this.dataset.explain}?${query}`, { target: "#explain", swap: "innerHTML" });
  }
}

customElements.define("matrix-grid", MatrixGrid);
