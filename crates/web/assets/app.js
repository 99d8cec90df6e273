// The page works without this file. It makes links and forms marked `data-swap` replace a part of the page
// instead of all of it, and gives the list its keys. Nothing here builds markup from text: what the server
// sends is parsed by the one Trusted Types policy below, and its nodes are moved.

const policy = window.trustedTypes
  ? trustedTypes.createPolicy("fragment", { createHTML: (text) => text })
  : { createHTML: (text) => text };

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const say = (text) => { const live = one("#live"); if (live) live.textContent = text; };
const words = one("#live")?.dataset ?? {}; // what the page gives this file to say, in its language
const typing = (element) => element?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

/* Fragments ------------------------------------------------------------------------------------------- */

const running = new Map(); // target selector → AbortController of the request under way

function parse(text) {
  return new DOMParser().parseFromString(policy.createHTML(text), "text/html");
}

/** Where the focus is, said so that it can be found again in new nodes. */
function mark(within) {
  const element = document.activeElement;
  if (!element || !within.contains(element)) return null;
  const row = element.closest("[data-row]");
  const caret = typing(element) && element.selectionStart !== null
    ? [element.selectionStart, element.selectionEnd] : null;
  return { id: element.id, name: element.name, form: element.form?.id, row: row?.dataset.row, text: element.value, caret };
}

function restore(where, within) {
  if (!where) return;
  const named = where.name && all("[name]", within).find((e) => e.name === where.name
    && (!where.form || e.form?.id === where.form) && (!where.row || e.closest("[data-row]")?.dataset.row === where.row));
  const row = where.row && all("[data-row]", within).find((e) => e.dataset.row === where.row);
  const element = (where.id && document.getElementById(where.id)) || named || (row && one("a, input", row));
  if (!element) return;
  if (where.caret && "value" in element && element.value !== where.text) element.value = where.text; // typed meanwhile
  element.focus({ preventScroll: true });
  if (where.caret) try { element.setSelectionRange(...where.caret); } catch { /* not a text input */ }
}

/** Puts the part of `doc` that has the target's id in its place; the whole body when there is none. */
function place(selector, doc) {
  const target = one(selector);
  if (!target) return null;
  const where = mark(target);
  const scroll = one(".scroll", target);
  const scrolled = scroll ? [scroll.scrollLeft, scroll.scrollTop] : null;
  const current = one("tr.current", target)?.dataset.row;
  const found = one(selector, doc);
  let now = target;
  if (found) {
    now = document.adoptNode(found);
    target.replaceWith(now);
  } else {
    target.replaceChildren(...[...doc.body.childNodes].map((node) => document.adoptNode(node)));
    target.hidden = false;
  }
  restore(where, now);
  const scrollNow = one(".scroll", now);
  if (scrolled && scrollNow) [scrollNow.scrollLeft, scrollNow.scrollTop] = scrolled;
  if (current) all("[data-row]", now).find((row) => row.dataset.row === current)?.classList.add("current");
  begin(now);
  return now;
}

function placeLead(doc) {
  const lead = one("#lead", doc);
  if (lead) one("#lead")?.replaceWith(document.adoptNode(lead));
}

/** Puts the parts that an answer brings in their places: a row where the row was, the rest by its id. */
function patch(target, doc) {
  const parts = all("[data-patch], tr[data-row]", doc);
  if (!parts.some((part) => part.id)) return false;
  const where = mark(target);
  const current = one("tr.current", target)?.dataset.row;
  const rows = new Map(all("tr[data-row]", target).map((row) => [row.dataset.row, row]));
  for (const part of parts) {
    const old = part.dataset.row ? rows.get(part.dataset.row) : document.getElementById(part.id);
    const now = old && document.adoptNode(part);
    if (part.dataset.row && part.dataset.row === current) now?.classList.add("current");
    if (part.dataset.row) now?.setAttribute("data-patched", "");
    old?.replaceWith(now);
  }
  for (const box of all("input[name=row]", target)) box.checked = false;
  anchor = null;
  restore(where, target);
  showSelection(target);
  return true;
}

/** Asks for `url` and swaps the answer in. An older request for the same target is given up. */
async function swap(selector, url, options = {}) {
  const { push = false, ...request } = options;
  running.get(selector)?.abort();
  const controller = new AbortController();
  running.set(selector, controller);
  const target = one(selector);
  target?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, {
      ...request,
      signal: controller.signal,
      credentials: "same-origin",
      headers: { "X-Fragment": selector.slice(1), Accept: "text/html", ...request.headers },
    });
    if (answer.redirected && request.method === "POST" && !answer.headers.get("X-Fragment")) {
      const grid = one("[data-grid][id]");
      if (selector !== "#panel" || !grid || new URL(answer.url).pathname !== location.pathname) {
        location.assign(answer.url);
        return null;
      }
      // What the panel was for is done, and it leads back to the list it was opened from: that stays where it is.
      const doc = parse(await answer.text());
      closePanel();
      placeLead(doc);
      return place(`#${grid.id}`, doc);
    }
    if (!(answer.headers.get("Content-Type") || "").includes("text/html")) throw new TypeError(`${answer.status}`);
    const doc = parse(await answer.text());
    if (controller.signal.aborted) return null;
    if (selector === "#panel" && one("#panel", doc)?.hidden) { // a page that has no panel is opened as a page
      location.assign(answer.url);
      return null;
    }
    if (target && !one(selector, doc) && patch(target, doc)) return target;
    const now = place(selector, doc);
    if (now?.matches("[data-grid]")) placeLead(doc); // the sentence above tells of the same rows
    if (push && answer.ok) {
      const kept = history.state?.swap === selector && options.replace;
      history[kept ? "replaceState" : "pushState"]({ swap: selector }, "", answer.url);
      if (doc.title) document.title = doc.title;
    }
    if (now?.id === "panel") {
      showPanel(now);
      const grid = one("main [data-grid][id]");
      if (request.method === "POST" && answer.ok && grid) swap(`#${grid.id}`, location.href); // its row says so too
    }
    return now;
  } catch (error) {
    if (error.name === "AbortError") return null;
    target?.removeAttribute("aria-busy");
    say(words.noAnswer);
    if (!request.method || request.method === "GET") location.assign(url);
    return null;
  } finally {
    if (running.get(selector) === controller) {
      running.delete(selector);
      one(selector)?.removeAttribute("aria-busy");
    }
  }
}

const local = (url) => new URL(url, location.href).origin === location.origin;
const plainClick = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function submit(form, button, options = {}) {
  const data = new FormData(form, button || undefined);
  const action = new URL(button?.getAttribute("formaction") || form.getAttribute("action") || location.href, location.href);
  const push = form.hasAttribute("data-push");
  if (form.method === "post") {
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    return swap(form.dataset.swap, action, { method: "POST", body, push });
  }
  const query = new URLSearchParams();
  for (const [name, value] of data) if (value !== "") query.append(name, value);
  action.search = query;
  return swap(form.dataset.swap, action, { push, ...options });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (link && plainClick(event) && local(link.href) && one(link.dataset.swap)) {
    event.preventDefault();
    const row = link.closest("[data-row]");
    if (row) makeCurrent(row);
    if (link.dataset.swap === "#panel") opener = link;
    swap(link.dataset.swap, link.href, { push: link.hasAttribute("data-push") });
    return;
  }
  const row = event.target.closest("tr[data-row]");
  if (row && plainClick(event) && !event.target.closest("a, button, input, label, select, form") && !String(getSelection())) {
    if (!event.target.closest("[data-edit]")) return one(".row-link", row)?.click();
    makeCurrent(row); // the second click of two changes the cell
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.dataset.swap || form.hasAttribute("data-drop") || !one(form.dataset.swap)) return;
  event.preventDefault();
  clearTimeout(waiting.get(form));
  form.removeAttribute("data-changed");
  submit(form, event.submitter);
});

window.addEventListener("popstate", (event) => {
  const selector = event.state?.swap;
  if (selector && one(selector)) swap(selector, location.href);
  else location.reload();
});

/* Live filter ------------------------------------------------------------------------------------------ */

const waiting = new WeakMap(); // form → timer

document.addEventListener("input", (event) => {
  const list = event.target.dataset?.filterList;
  if (list) return filterList(document.getElementById(list), event.target.value);
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) form.setAttribute("data-changed", "");
  if (!form?.hasAttribute("data-live")) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => submit(form, null, { replace: true }), 150));
});

function filterList(list, text) {
  const wanted = text.trim().toLowerCase();
  for (const item of list?.children || []) {
    item.hidden = !item.textContent.toLowerCase().includes(wanted) && !one(":checked", item);
  }
}

/* Rows that come as one scrolls ------------------------------------------------------------------------ */

// The server sends the first rows of a list, and where the others are (`data-more`). Room is kept for these, so that
// the scroll bar tells the truth. A filter or an order is asked of the server, which knows every row.

const AHEAD = 1200; // pixels below what is seen that hold rows while one scrolls
const FEWEST = 80; // rows asked for at once
const MOST = 400;
const asked = new WeakMap(); // what stands for the rest → promise of its rows

const restOf = (grid) => one("[data-more]", grid);
const rowsIn = (grid) => all("tr[data-row]", grid);
const figure = (number) => new Intl.NumberFormat(document.documentElement.lang).format(number);

function rowHeight(grid) {
  const rows = rowsIn(grid);
  if (!rows.length) return 32;
  return Math.max(8, (rows.at(-1).getBoundingClientRect().bottom - rows[0].getBoundingClientRect().top) / rows.length);
}

/** Keeps as much room as the rows to come will take. */
function keepRoom(grid) {
  const rest = restOf(grid);
  if (rest) one("svg", rest).setAttribute("height", Math.round(Math.min(rest.dataset.left * rowHeight(grid), 4e6)));
}

/** Fetches rows that follow those held; tells whether any came. */
function more(grid, count = 0) {
  const rest = grid && restOf(grid);
  if (!rest) return Promise.resolve(false);
  if (!asked.has(rest)) asked.set(rest, fetchMore(grid, rest, count));
  return asked.get(rest);
}

async function fetchMore(grid, rest, count) {
  const held = rowsIn(grid);
  const url = new URL(rest.dataset.more, location.href);
  // A row that was judged may stand elsewhere in the order by now: the last that was not says where to go on.
  const last = held.findLastIndex((row) => !row.hasAttribute("data-patched"));
  let wanted = Math.max(count, FEWEST);
  if (last >= 0 && url.searchParams.has("after")) {
    url.searchParams.set("after", held[last].dataset.row);
    wanted += held.length - 1 - last;
  }
  url.searchParams.set("rows", Math.min(wanted, MOST));
  try {
    const headers = { "X-Fragment": `${grid.id}-more`, Accept: "text/html" };
    const answer = await fetch(url, { credentials: "same-origin", headers });
    if (!answer.ok) throw new TypeError(`${answer.status}`);
    const doc = parse(await answer.text());
    if (!rest.isConnected) return false;
    const known = new Set(held.map((row) => row.dataset.row));
    const rows = rowsIn(doc).filter((row) => !known.has(row.dataset.row)).map((row) => document.adoptNode(row));
    rest.previousElementSibling.append(...rows);
    const next = restOf(doc);
    if (next) rest.replaceWith(document.adoptNode(next));
    else rest.remove();
    keepRoom(grid);
    for (const count of all(".pager [data-held]", grid)) {
      const held = Number(count.textContent.replace(/\D/g, "")) + rows.length;
      count.textContent = figure(held);
    }
    showSelection(grid);
    return rows.length > 0;
  } catch {
    asked.delete(rest);
    say(words.noRows);
    return false;
  }
}

/** Fetches until what is seen, and so many pixels below it, holds rows. */
async function fillSeen(grid, ahead) {
  for (let rest; grid.isConnected && (rest = restOf(grid));) {
    const seen = Math.min(innerHeight, rest.closest(".scroll").getBoundingClientRect().bottom);
    const missing = seen + ahead - rest.getBoundingClientRect().top;
    if (missing <= 0 || !(await more(grid, Math.ceil(missing / rowHeight(grid))))) return;
  }
}

const fillAll = () => { for (const rest of all("[data-more]")) fillSeen(rest.closest("[data-grid]"), AHEAD); };
document.addEventListener("scroll", fillAll, { capture: true, passive: true });
window.addEventListener("resize", fillAll, { passive: true });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-more-rows]");
  if (button) more(button.closest("[data-grid]"));
});

/* Keys ------------------------------------------------------------------------------------------------- */

const rowsOf = () => all("[data-grid] tr[data-row]");
const lastGrid = () => all("[data-grid]:has(tr[data-row])").at(-1);
const currentRow = () => one("[data-grid] tr.current");

function makeCurrent(row) {
  for (const other of all("tr.current")) other.classList.remove("current");
  row.classList.add("current");
}

async function step(by) {
  let rows = rowsOf();
  if (!rows.length) return;
  const index = rows.indexOf(currentRow());
  if (by > 0 && index === rows.length - 1 && (await more(lastGrid()))) rows = rowsOf();
  const row = rows[index < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, index + by))];
  goTo(row);
  const panel = one("#panel");
  if (panel && !panel.hidden) one(".row-link", row)?.click();
}

function goTo(row) {
  makeCurrent(row);
  row.scrollIntoView({ block: "nearest" });
  one(".row-link", row)?.focus({ preventScroll: true });
}

function actOn(row, key) {
  const action = all("[data-key]", row).find((element) => element.dataset.key === key);
  action?.click();
  return Boolean(action);
}

/** A verb of the bar for several rows; with none selected it acts on the current one. */
function verb(row, key) {
  const grid = row.closest("[data-grid]");
  const button = all("[data-bulk] [data-key]", grid).find((element) => element.dataset.key === key);
  if (!button) return false;
  const box = one("input[name=row]", row);
  if (box && !boxes(grid).some((other) => other.checked)) box.checked = true;
  button.form.requestSubmit(button);
  return true;
}

/** With rows selected a key is for them, else for the current row. */
function act(row, key) {
  const several = boxes(row.closest("[data-grid]")).some((box) => box.checked);
  return several ? verb(row, key) || actOn(row, key) : actOn(row, key) || verb(row, key);
}

async function nextUnassessed() {
  const unknown = (row) => one(".state-unknown", row);
  const rows = rowsOf();
  const from = rows.indexOf(currentRow()) + 1;
  const row = rows.slice(from).find(unknown);
  if (row) return goTo(row);
  if (await more(lastGrid(), MOST)) return nextUnassessed();
  const before = rows.slice(0, from).find(unknown);
  return before ? goTo(before) : say(words.allAssessed);
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    return openDialog("palette");
  }
  if (event.key === "Escape" && !one("dialog[open]")) {
    if (typing(document.activeElement)) return document.activeElement.blur();
    return closePanel();
  }
  if (one("dialog#palette[open]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const links = all("#palette input, #palette-known:not([hidden]) a, #palette-results a");
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    return links[(next + links.length) % links.length]?.focus();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
  const row = currentRow();
  const done = {
    j: () => step(1),
    k: () => step(-1),
    n: nextUnassessed,
    x: () => row && one("input[name=row]", row)?.click(),
    X: () => row && selectRange(row),
    c: () => { const cell = row && one("[data-edit]", row); if (cell) editCell(cell); },
    "/": () => (one("[data-filter]") || one(".search input"))?.focus(),
    "?": () => openDialog("keys"),
    Enter: () => row && !event.target.closest("a, button, summary, input") && one(".row-link", row)?.click(),
  };
  if (Object.hasOwn(done, event.key)) {
    if (event.key !== "Enter") event.preventDefault();
    done[event.key]();
  } else if (row && event.key.length === 1 && act(row, event.key)) {
    event.preventDefault();
  } else if (event.key === "u") {
    one(".said [data-key=u]")?.click();
  }
});

/* Panel and dialogues ---------------------------------------------------------------------------------- */

let opener = null; // the link whose panel is open

function showPanel(panel) {
  panel.hidden = false;
  one("#panel-title", panel)?.focus({ preventScroll: true });
}

function closePanel() {
  const panel = one("#panel");
  if (!panel || panel.hidden) return;
  if (one("form[data-changed]", panel) && !confirm(words.leave)) return;
  running.get("#panel")?.abort();
  panel.hidden = true;
  panel.replaceChildren();
  (opener?.isConnected ? opener : one("tr.current .row-link"))?.focus({ preventScroll: true });
  opener = null;
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  if (id === "palette") showKnown();
  const input = one("input[type=search]", dialog);
  if (input) { input.focus(); input.select(); }
}

/* The palette knows the pages visited lately (kept in this browser alone, until signing out) and what can be
   done on this page; both are shown until one types. */

const RECENT = 6;

function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem("recent") || "[]");
    return Array.isArray(kept) ? kept.filter((page) => typeof page?.title === "string" && String(page.href).startsWith("/")) : [];
  } catch { return []; }
}

function visited() {
  const title = one("main h1")?.textContent.trim();
  const { pathname } = location;
  if (!title || !one(".rail") || pathname.split("/").length < 3) return; // lists are in the palette anyway
  const pages = [{ title, href: pathname }, ...recent().filter((page) => page.href !== pathname)].slice(0, RECENT + 1);
  try { localStorage.setItem("recent", JSON.stringify(pages)); } catch { /* not kept */ }
}

function showKnown() {
  const known = one("#palette-known");
  const list = (name, pages) => {
    const section = one(`[data-known=${name}]`, known);
    section.replaceChildren(section.firstElementChild, ...pages.map(({ title, href }) => {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = title;
      return link;
    }));
    section.hidden = !pages.length;
  };
  list("recent", recent().filter((page) => page.href !== location.pathname).slice(0, RECENT));
  list("here", all("main .heading .buttons a[href]").map((link) => ({ title: link.textContent.trim(), href: link.getAttribute("href") })));
  known.hidden = Boolean(one("#palette input").value);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("#palette input")) one("#palette-known").hidden = Boolean(event.target.value);
});
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, location.href).pathname !== "/sign-out") return;
  try { localStorage.removeItem("recent"); } catch { /* nothing was kept */ }
});

/** A disclosure that asks becomes a modal dialogue; its content is moved, not copied. */
function confirmDialog(details) {
  const body = one(".confirm-body", details);
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", body.getAttribute("aria-labelledby"));
  dialog.append(body);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    details.append(body);
    dialog.remove();
    one("summary", details)?.focus();
  });
  dialog.showModal();
  one("[data-close]", dialog)?.focus();
}

document.addEventListener("click", (event) => {
  const asks = event.target.closest("details[data-confirm] > summary");
  if (asks) {
    event.preventDefault();
    return confirmDialog(asks.parentElement);
  }
  const close = event.target.closest("[data-close]");
  if (close?.dataset.close === "panel") return closePanel();
  if (close) return close.closest("dialog")?.close();
  const open = event.target.closest("[data-open]");
  if (open) return openDialog(open.dataset.open);
  if (event.target instanceof HTMLDialogElement) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

window.addEventListener("beforeunload", (event) => {
  if (one("form[data-changed]")) event.preventDefault();
});
document.addEventListener("submit", (event) => event.target.removeAttribute("data-changed"), true);

/* Selection -------------------------------------------------------------------------------------------- */

let anchor = null; // the row last selected, where a range starts

const boxes = (grid) => all("input[name=row]", grid);

function showSelection(grid) {
  const bar = one("[data-bulk]", grid);
  const chosen = boxes(grid).filter((box) => box.checked).length;
  const whole = one("[data-select-all]", grid);
  if (whole) {
    whole.checked = chosen > 0 && chosen === boxes(grid).length;
    whole.indeterminate = chosen > 0 && !whole.checked;
  }
  if (!bar) return;
  bar.classList.toggle("open", chosen > 0);
  one(".bulk-count", bar).textContent = chosen === 1 ? bar.dataset.one : bar.dataset.many.replace("#", chosen);
}

function selectRange(to) {
  const rows = rowsOf();
  const [from, end] = [rows.indexOf(anchor ?? to), rows.indexOf(to)].sort((a, b) => a - b);
  for (const row of rows.slice(Math.max(0, from), end + 1)) {
    const box = one("input[name=row]", row);
    if (box) box.checked = true;
  }
  showSelection(to.closest("[data-grid]"));
}

/** Rows that were not sent yet are fetched first. */
async function selectAll(grid, checked) {
  if (checked) while (await more(grid, MOST));
  for (const box of boxes(grid)) box.checked = checked;
  showSelection(grid);
}

document.addEventListener("click", (event) => {
  const grid = event.target.closest("[data-grid]");
  if (!grid) return;
  if (event.target.matches("input[name=row]")) {
    const row = event.target.closest("tr");
    if (event.shiftKey && event.target.checked) selectRange(row);
    anchor = row;
    showSelection(grid);
  } else if (event.target.matches("[data-select-all]")) {
    selectAll(grid, event.target.checked);
  } else if (event.target.closest("[data-select-none]")) {
    for (const box of boxes(grid)) box.checked = false;
    showSelection(grid);
  }
});

/* Cells changed in place, rows pasted, columns moved ------------------------------------------------------ */

/** Puts the form of a cell in its place; Escape brings back what it said, Tab goes on to the next one. */
async function editCell(cell) {
  const address = new URL(cell.dataset.edit, location.href);
  address.searchParams.set("list", location.pathname + location.search);
  const answer = await fetch(address, { credentials: "same-origin", headers: { "X-Fragment": "cell" } });
  const form = one("form", parse(await answer.text()));
  if (!answer.ok || !form) return say(words.noCell);
  const before = [...cell.childNodes];
  cell.replaceChildren(document.adoptNode(form));
  const input = one("input:not([type=hidden]), select", form);
  const first = input.value;
  input.focus();
  input.select?.();
  const back = () => { cell.replaceChildren(...before); one(".row-link", cell.closest("tr"))?.focus({ preventScroll: true }); };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); back(); }
    if (event.key === "Enter" && input.matches("select")) { event.preventDefault(); form.requestSubmit(); }
    if (event.key !== "Tab" || input.value !== first) return;
    const cells = all("[data-edit]", cell.closest("tr"));
    const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    back();
    editCell(next);
  });
}

document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest("td[data-edit]");
  if (cell && !one("form", cell)) editCell(cell);
});

document.addEventListener("paste", (event) => {
  const form = one("[data-paste]")?.form;
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!form || typing(event.target) || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  one("[data-paste]", form).value = text;
  form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const move = event.target.closest("[data-move]");
  if (!move) return;
  event.preventDefault();
  const item = move.closest("li");
  if (move.dataset.move === "up") item.previousElementSibling?.before(item);
  else item.nextElementSibling?.after(item);
  move.focus();
});

/* Rows that can be added, things that can be copied, theme --------------------------------------------- */

function addItem(group) {
  const template = one(":scope > template", group);
  const copy = document.importNode(template.content, true);
  const hole = group.dataset.hole;
  if (hole) {
    const number = group.dataset.next;
    group.dataset.next = Number(number) + 1;
    fillHoles(copy, hole, number);
  }
  const item = copy.firstElementChild;
  one(":scope > [data-items]", group).append(copy);
  one("input, select, textarea", item)?.focus();
}

/** Puts the row's number where the template has a hole, in templates inside it too. */
function fillHoles(root, hole, number) {
  for (const element of all("*", root)) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(hole) && name !== "data-hole") element.setAttribute(name, value.replaceAll(hole, number));
    }
    if (element instanceof HTMLTemplateElement) fillHoles(element.content, hole, number);
  }
}

document.addEventListener("click", async (event) => {
  const add = event.target.closest("[data-add]");
  if (add) return addItem(add.closest("[data-repeat]"));
  const remove = event.target.closest("[data-remove]");
  if (remove) {
    const form = remove.closest("form");
    const next = one("[data-add]", remove.closest("[data-repeat]"));
    remove.closest(".repeat-item").remove();
    if (form?.hasAttribute("data-guard")) form.setAttribute("data-changed", "");
    return next?.focus();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const text = copy.dataset.copy || all("code", copy.closest("figure")).map((line) => line.textContent).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      say(words.copied);
    } catch {
      say(words.notCopied);
    }
    return;
  }
  if (event.target.closest("[data-theme-toggle]")) toggleTheme();
  const search = event.target.closest("[data-opens]");
  if (search) openDialog(search.dataset.opens);
});

function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
  say(dark ? words.light : words.dark);
}

/* Files ------------------------------------------------------------------------------------------------ */

/** Sends the form with progress; the answer's fragment takes the target's place, or the page is left for it. */
function upload(form, files) {
  const data = new FormData(form);
  const input = one("input[type=file]", form);
  if (files) {
    data.delete(input.name);
    for (const file of files) data.append(input.name, file, file.name);
  }
  const bar = one("progress", form);
  const button = one("button", form);
  const request = new XMLHttpRequest();
  const over = (text) => { bar.hidden = true; button.disabled = false; say(text); };
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = Math.round(event.loaded / event.total * 100);
    else bar.removeAttribute("value");
  });
  request.addEventListener("load", () => {
    const moved = request.responseURL && new URL(request.responseURL).pathname !== new URL(form.action).pathname;
    const doc = parse(request.responseText);
    if (moved && !one(form.dataset.swap, doc)) return location.assign(request.responseURL);
    over(request.status < 400 ? words.received : words.notImported);
    place(form.dataset.swap, doc);
  });
  request.addEventListener("error", () => over(words.cutOff));
  request.open("POST", form.action);
  request.setRequestHeader("X-Fragment", form.dataset.swap.slice(1));
  bar.hidden = false;
  bar.value = 0;
  button.disabled = true;
  request.send(data);
}

const dropOf = (event) => event.target.closest?.("[data-drop]");
const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault(); // a file dropped beside the form must not replace the page
  event.dataTransfer.dropEffect = dropOf(event) ? "copy" : "none";
  for (const form of all("[data-drop]")) form.classList.toggle("over", form === dropOf(event));
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) for (const form of all("[data-drop].over")) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  const form = dropOf(event);
  form?.classList.remove("over");
  if (form && event.dataTransfer.files.length) upload(form, event.dataTransfer.files);
});
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-drop") || event.defaultPrevented) return;
  event.preventDefault();
  upload(event.target, null);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-drop]");
  if (form && event.target.type === "file" && event.target.files.length) form.requestSubmit();
});

/* Board ------------------------------------------------------------------------------------------------ */

// A card that is dropped on a column presses its own button for that step; without such a button it stays.

let dragged = null;
const columnOf = (event) => dragged && event.target.closest?.("[data-column]");
const stepTo = (column) => all("[data-to]", dragged).find((button) => button.dataset.to === column.dataset.column);

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", one(".card-title", dragged).textContent);
  dragged.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  const column = columnOf(event);
  if (!column || !stepTo(column)) return;
  event.preventDefault();
  for (const other of all("[data-column]")) other.classList.toggle("over", other === column);
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  for (const column of all("[data-column].over")) column.classList.remove("over");
  dragged = null;
});
document.addEventListener("drop", (event) => {
  const column = columnOf(event);
  const button = column && stepTo(column);
  if (!button) return;
  event.preventDefault();
  button.click();
});

/* Progress --------------------------------------------------------------------------------------------- */

/** Follows the server's events until the work is done, then swaps the result in. */
function follow(element) {
  if (element.dataset.following) return;
  element.dataset.following = "yes";
  const source = new EventSource(element.dataset.events);
  const finish = (url) => {
    source.close();
    if (!element.isConnected || !local(url)) return;
    if ("whole" in element.dataset) location.replace(url);
    else swap(`#${element.id}`, url);
  };
  source.addEventListener("progress", (event) => {
    if (!element.isConnected) return source.close();
    try {
      const { share, note } = JSON.parse(event.data);
      const bar = one("progress", element);
      if (Number.isFinite(share)) bar.value = Math.round(share * 100);
      if (typeof note === "string") one("[data-role=note]", element).textContent = note;
    } catch { /* an event we do not know */ }
  });
  source.addEventListener("done", (event) => finish(event.data || element.dataset.result));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) say(words.noProgress);
  });
}

/* What new nodes need ---------------------------------------------------------------------------------- */

function begin(root) {
  const within = (selector) => [...(root.matches?.(selector) ? [root] : []), ...all(selector, root)];
  for (const element of within("[data-events]")) follow(element);
  for (const grid of within("[data-grid]")) {
    showSelection(grid);
    keepRoom(grid);
    fillSeen(grid, 0);
  }
  const problems = within(".problems")[0];
  problems?.focus();
}

begin(document);
visited();
// On a phone the tabs are wider than the window: the one that is open comes into sight.
// Not scrollIntoView: from there on the Tab key would go.
for (const tab of all(".tabs [aria-current]")) {
  const strip = tab.closest(".tabs");
  const [there, whole] = [tab, strip].map((e) => e.getBoundingClientRect());
  strip.scrollLeft += there.left - whole.left - (whole.width - there.width) / 2;
}
