// What script adds to pages that can be read without it: sorting, keys, adding texts, decisions.
"use strict";

// ── the write token ── It comes behind the # of the printed address, which a browser sends to nobody, and is kept for this
// address only.
const TOKEN = "verbale-token";
const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  localStorage.setItem(TOKEN, given);
  history.replaceState(null, "", location.pathname + location.search);
}

const byId = (id) => document.getElementById(id);

async function write(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${localStorage.getItem(TOKEN) ?? ""}` },
    body: JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({ detail: `the desk answered ${answer.status}` }));
  if (answer.status === 401) askForToken();
  if (!answer.ok) throw new Error(told.detail);
  return told;
}

function askForToken() {
  const asks = byId("ask-token");
  if (asks) asks.hidden = false;
}

byId("keep-token")?.addEventListener("click", () => {
  localStorage.setItem(TOKEN, byId("token").value.trim());
  byId("ask-token").hidden = true;
});

// ── tables that sort ──
function sortable(table) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      [...head.parentNode.cells].forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const text = (row) => row.cells[column].textContent.trim();
      const order = new Intl.Collator(undefined, { numeric: true });
      const rows = [...body.rows].sort((a, b) => order.compare(text(a), text(b)));
      body.append(...(up ? rows : rows.reverse()));
    });
  });
}
document.querySelectorAll("table.sortable").forEach(sortable);

// ── keys ── Single keys can be turned off, for people whose speech input types letters.
const KEYS = "verbale-keys";
const keysOn = byId("keys-on");
if (keysOn) {
  keysOn.checked = localStorage.getItem(KEYS) !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem(KEYS, keysOn.checked ? "on" : "off"));
}

function move(step) {
  const rows = [...document.querySelectorAll("main tbody tr, main ol.facts > li, main ol.queue > li")];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement.closest?.("tr, ol.facts > li, ol.queue > li"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))];
  next.tabIndex = -1;
  next.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(KEYS) === "off") return;
  const row = event.target.closest("tr, li");
  if (event.key === "/") {
    document.querySelector("form.search input").focus();
  } else if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "Enter" && row === event.target) {
    row.querySelector("a")?.click();
  } else {
    const key = `[data-key="${CSS.escape(event.key)}"]`;
    const decide = row?.querySelector(key) ?? document.querySelector(`main > .decision ${key}, #sign ${key}`);
    if (!decide) return;
    decide.click();
  }
  event.preventDefault();
});

// ── texts that come in ──
const intake = byId("intake");
if (intake) {
  intake.hidden = false;
  const SENT_AT_ONCE = 8 * 1024 * 1024;
  const progress = byId("progress");

  const base64 = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => failed(new Error(`${file.name}: cannot be read`));
      reader.readAsDataURL(file);
    });

  const known = () => ({ published: byId("published").value.trim(), outlet: byId("outlet").value.trim() });

  function show(text, done, total) {
    const line = document.createElement("p");
    line.textContent = text;
    progress.replaceChildren(line);
    if (total) {
      const bar = document.createElement("progress");
      bar.max = total;
      bar.value = done;
      bar.setAttribute("aria-label", "Texts read");
      progress.append(bar);
    }
  }

  async function follow(job) {
    for (;;) {
      const answer = await fetch(`/jobs/${job}.json`);
      const told = await answer.json();
      show(`${told.done} of ${told.total} inputs read`, told.done, told.total);
      if (told.state !== "running") return told;
      await new Promise((later) => setTimeout(later, 250));
    }
  }

  // Takes one body after the other; the page of all pairs follows when everything was read without a remark.
  async function take(bodies) {
    const sum = { added: 0, known: 0, facts: 0 };
    const notes = [];
    try {
      for (const body of bodies) {
        show("Sending …");
        const told = await follow((await write("/docs", { ...(await body()), ...known() })).job);
        for (const name in sum) sum[name] += told.outcome?.[name] ?? 0;
        notes.push(...told.notes);
      }
      show([`${sum.added} texts added, ${sum.known} known, ${sum.facts} facts.`, ...notes].join(" "));
      const all = document.createElement("a");
      all.href = "/";
      all.textContent = "Show all pairs";
      progress.append(all);
      if (!notes.length) location.assign("/");
    } catch (error) {
      show(error.message);
    }
  }

  function takeFiles(files) {
    let batch = [];
    let size = 0;
    const batches = [];
    for (const file of files) {
      if (size + file.size > SENT_AT_ONCE && batch.length) {
        batches.push(batch);
        batch = [];
        size = 0;
      }
      batch.push(file);
      size += file.size;
    }
    if (batch.length) batches.push(batch);
    const files64 = (some) => Promise.all(some.map(async (file) => ({ name: file.name, base64: await base64(file) })));
    take(batches.map((some) => async () => ({ files: await files64(some) })));
  }

  const drop = byId("drop");
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    takeFiles(event.dataTransfer.files);
  });
  byId("files").addEventListener("change", (event) => takeFiles(event.target.files));
  byId("add-paste").addEventListener("click", () => {
    const title = byId("paste-title").value.trim();
    const text = byId("paste").value;
    if (text.trim()) take([() => ({ documents: [title ? { title, text } : { text }] })]);
  });
  byId("add-folder").addEventListener("click", () => {
    const folder = byId("folder").value.trim();
    if (folder) take([() => ({ folder })]);
  });
  intake.addEventListener("submit", (event) => event.preventDefault());
}
