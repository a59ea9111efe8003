// A person's word: buttons and keys that send decisions to the desk. It uses what desk.js has.
"use strict";

const sign = byId("sign");
if (sign) {
  const NAME = "verbale-by";
  const SAID = "verbale-said";
  const told = byId("told");

  sign.hidden = false;
  document.querySelectorAll(".decision").forEach((part) => (part.hidden = false));
  byId("by").value = localStorage.getItem(NAME) ?? "";

  // ── what became of the last decision ── It is told on the page that follows, too.
  function tell(text, n) {
    told.textContent = text + " ";
    if (!n) return;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.dataset.act = "undo";
    undo.dataset.n = n;
    undo.dataset.key = "u";
    undo.setAttribute("aria-keyshortcuts", "u");
    undo.textContent = "Undo it (u)";
    told.append(undo);
  }

  function tellNext(text, n, address) {
    sessionStorage.setItem(SAID, JSON.stringify({ text, n }));
    if (address) location.assign(address);
    else location.reload();
  }

  const before = sessionStorage.getItem(SAID);
  if (before) {
    sessionStorage.removeItem(SAID);
    const { text, n } = JSON.parse(before);
    tell(text, n);
  }

  // ── sending ──
  async function decide(request, after) {
    const by = byId("by").value.trim();
    if (!by) {
      tell("Give your name first: it stands beside every decision.");
      byId("by").focus();
      return;
    }
    localStorage.setItem(NAME, by);
    const note = byId("note").value.trim();
    try {
      const answer = await write("/review", { ...request, by, ...(note ? { note } : {}) });
      byId("note").value = "";
      const { n, action } = answer.decision;
      after(answer, `Decision ${n}: ${action}.`, action === "undo" ? undefined : n);
    } catch (error) {
      tell(error.message);
    }
  }

  // Where the page of what was decided is now: a record may have got another id, or none.
  function follow(answer, text, n) {
    const onRecord = location.pathname.startsWith("/records/");
    const record = answer.records[0] ? `/records/${answer.records[0]}` : `/facts/${answer.facts[0]}`;
    tellNext(text, n, onRecord ? record : undefined);
  }

  // In the queue the row goes, and the next one is there; on a page of words it stays and says so.
  function stay(row) {
    return (answer, text, n) => {
      if (!row.closest("ol.queue")) {
        const mark = document.createElement("strong");
        mark.className = "said";
        mark.textContent = ` ${text}`;
        row.append(mark);
      } else {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        if (next) {
          next.tabIndex = -1;
          next.focus();
        } else {
          return tellNext(text, n);
        }
      }
      tell(text, n);
    };
  }

  const rowOf = (part) => part.closest("ol.queue > li, ol.facts > li");
  const afterwards = (part) => (rowOf(part) ? stay(rowOf(part)) : follow);

  // ── fields ── Only what differs from what is coded is sent.
  const NAMES = ["kind", "event_type", "actor", "recipient", "modality", "negated", "date", "sectors", "issue"];
  const ids = (parties) => (parties ?? []).map((party) => party.id).join(",");

  function coded(fact) {
    return {
      kind: fact.kind,
      event_type: fact.event_type ?? "",
      actor: ids(fact.actor),
      recipient: ids(fact.recipient),
      modality: fact.modality,
      negated: String(fact.negated),
      date: fact.date.edtf ?? "",
      sectors: (fact.sectors ?? []).join(","),
      issue: fact.issue ?? "",
    };
  }

  function written(of, was) {
    const set = {};
    for (const name of NAMES) {
      const value = byId(`${of}-${name}`).value.trim();
      if (value !== (was[name] ?? "")) set[name] = value;
    }
    for (const line of byId(`${of}-further`).value.split("\n")) {
      const at = line.indexOf("=");
      if (at > 0) set[line.slice(0, at).trim()] = line.slice(at + 1).trim();
    }
    return set;
  }

  function ask(dialog, done) {
    dialog.returnValue = "";
    dialog.onclose = () => {
      if (dialog.returnValue === "keep") done();
    };
    dialog.showModal();
  }

  async function edit(part) {
    const id = part.dataset.id;
    const fact = await (await fetch(`/facts/${id}.json`)).json();
    const was = coded(fact);
    for (const name of NAMES) byId(`edit-${name}`).value = was[name];
    byId("edit-further").value = "";
    byId("edit-words").textContent = fact.quote;
    ask(byId("edit-dialog"), () => decide({ action: "edit", id, set: written("edit", was) }, afterwards(part)));
  }

  async function merge(part) {
    const { record, kind, parties } = part.dataset;
    const mine = new Set(parties.split(","));
    const others = await (await fetch(`/records.json?limit=5000&kind=${kind}`)).json();
    const list = byId("merge-with");
    list.replaceChildren(
      ...others
        .filter((other) => other.id !== record && other.parties.some((party) => mine.has(party)))
        .map((other) => new Option(`${other.title} (${other.date?.edtf || "undated"}, ${other.id.slice(0, 8)})`, other.id)),
    );
    if (!list.options.length) return tell("No other record of this kind shares a party with this one.");
    ask(byId("merge-dialog"), () => {
      const chosen = [...list.selectedOptions].map((option) => option.value);
      if (chosen.length) decide({ action: "merge", ids: [record, ...chosen] }, afterwards(part));
      else tell("Nothing was chosen to merge with.");
    });
  }

  function splitOff() {
    const part = byId("split");
    const facts = [...part.querySelectorAll("input:checked")].map((box) => box.value);
    if (facts.length) decide({ action: "split", record: part.dataset.record, facts }, follow);
    else tell("Choose the facts that tell of another thing.");
  }

  let from = null;
  function note(part) {
    from = rowOf(part) ?? part.querySelector("button");
    byId("note").focus();
  }
  for (const id of ["by", "note"]) {
    byId(id).addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      if (from?.isConnected) from.focus();
      else event.target.blur();
    });
  }

  const ACTS = {
    accept: (part) => decide({ action: "accept", id: part.dataset.id }, afterwards(part)),
    reject: (part) => decide({ action: "reject", id: part.dataset.id }, afterwards(part)),
    edit,
    merge,
    split: (part) =>
      decide({ action: "split", record: part.dataset.record, facts: [part.dataset.id] }, afterwards(part)),
    "split-off": splitOff,
    note,
    undo: (_, button) =>
      decide({ action: "undo", n: Number(button.dataset.n) }, (answer, text) =>
        location.pathname.startsWith("/records/") ? follow(answer, text) : tellNext(text),
      ),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    Promise.resolve(ACTS[button.dataset.act](button.closest(".decision"), button)).catch((error) => tell(error.message));
  });

  // ── words of a dossier ── They have no buttons of their own; keys decide on the one that has the focus.
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest("ol.facts > li[id^='f-']");
    const act = { a: "accept", x: "reject", e: "edit" }[event.key];
    const off = event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(KEYS) === "off";
    if (!row || row !== event.target || !act || off) return;
    row.dataset.id = row.id.slice(2);
    event.preventDefault();
    event.stopImmediatePropagation();
    ACTS[act](row);
  }, true);

  // ── a fact that is not coded ──
  // Where a place of the shown text lies in bytes of the text itself: pages show every line break as one sign, and lose one
  // that begins the text.
  function bytes(text, shown, place) {
    const lines = text.replace(/\r\n?/g, "\n");
    let left = place + lines.length - shown.length;
    let at = 0;
    while (left > 0 && at < text.length) {
      at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
      left -= 1;
    }
    return new TextEncoder().encode(text.slice(0, at)).length;
  }

  const form = document.querySelector("#add-fact form");
  if (form) {
    const source = document.querySelector("pre.source");
    let selected = null;
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (selection.isCollapsed || !selection.rangeCount) return;
      const range = selection.getRangeAt(0);
      if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return;
      const lead = document.createRange();
      lead.setStart(source, 0);
      lead.setEnd(range.startContainer, range.startOffset);
      const words = range.toString();
      selected = { at: lead.toString().length, words };
      byId("add-words").value = words;
    });
    const place = (shown, words) => {
      if (selected?.words === words) return selected.at;
      const first = shown.indexOf(words);
      if (!words || first < 0) throw new Error("These words do not stand in the text.");
      if (shown.indexOf(words, first + 1) >= 0) throw new Error("These words stand there more than once: select them in the text.");
      return first;
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const doc = byId("add-fact").dataset.doc;
        const { text } = await (await fetch(`/docs/${doc}.json`)).json();
        const shown = source.textContent;
        const words = byId("add-words").value;
        const at = place(shown, words);
        const set = written("add", {});
        for (const name of NAMES) if (set[name] === "") delete set[name];
        const ends = { start: bytes(text, shown, at), end: bytes(text, shown, at + words.length) };
        await decide({ action: "add", doc, ...ends, set }, (answer, said, n) =>
          tellNext(said, n, `/facts/${answer.facts[0]}`),
        );
      } catch (error) {
        tell(error.message);
      }
    });
  }
}
