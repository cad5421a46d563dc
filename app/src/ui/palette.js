// The palette (Ctrl or Cmd and K) and the shortcuts of single letters. Each page says what is in it (`palette.rs`); the
// server finds customers and appointments, by the rights of whoever asks. A combobox with a listbox, as the APG has it.
const opener = document.querySelector("[data-palette]");
const entries = [...(document.getElementById("palette-entries")?.content.querySelectorAll("a") ?? [])].map((link) => ({
  group: link.dataset.group,
  label: link.textContent,
  href: link.getAttribute("href"),
  keys: link.dataset.keys,
}));
const command = /Mac|iP(hone|ad)/.test(navigator.platform) ? "\u2318 K" : "Ctrl K";
const nothing = { customers: [], appointments: [] };

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...children.filter((child) => child != null));
  return element;
};
const keysOf = (keys) => keys && make("span", { class: "palette-keys" }, ...keys.split(" ").map((key) => make("kbd", {}, key)));
const closing = (dialog) => {
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  const button = make("button", { class: "btn", "data-size": "sm", type: "button" }, "Close");
  button.onclick = () => dialog.close();
  return button;
};

// The palette itself, made when it is first asked for.
let palette, input, list, status, note, timer, asking;
let found = nothing;
let options = [];
let active = 0;

const point = (to) => {
  active = options.length ? (to + options.length) % options.length : 0;
  options.forEach(({ element }, at) => element.setAttribute("aria-selected", at === active));
  const current = options[active]?.element;
  if (current) input.setAttribute("aria-activedescendant", current.id);
  else input.removeAttribute("aria-activedescendant");
  current?.scrollIntoView({ block: "nearest" });
};
const go = (option) => option && location.assign(option.href);
const draw = (said) => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (group) => entries.filter((entry) => entry.group === group && words.every((word) => entry.label.toLowerCase().includes(word)));
  const groups = { "Go to": fits("Go to"), Customers: found.customers, Appointments: found.appointments, Actions: fits("Actions") };
  const last = options[active]?.href;
  options = [];
  list.replaceChildren();
  for (const [name, items] of Object.entries(groups)) {
    if (!items.length) continue;
    const id = `palette-${name.replace(" ", "")}`;
    const group = make("div", { role: "group", "aria-labelledby": id }, make("div", { class: "palette-group", id }, name));
    for (const { href, label, hint, keys } of items) {
      const at = options.length;
      const text = make("span", {}, label, hint ? make("span", { class: "sub" }, hint) : null);
      const element = make("div", { role: "option", id: `palette-${at}`, "aria-selected": "false" }, text, keysOf(keys));
      element.onclick = () => go({ href });
      element.onpointermove = () => at !== active && point(at);
      options.push({ element, href });
      group.append(element);
    }
    list.append(group);
  }
  // Whoever has moved on already stays there when more is found.
  const kept = active > 0 ? options.findIndex(({ href }) => href === last) : 0;
  point(Math.max(kept, 0));
  const count = options.length === 1 ? "1 result" : `${options.length || "No"} results`;
  status.textContent = said ?? count;
  note.textContent = said ?? (options.length ? "" : "Nothing matches.");
};
const ask = async () => {
  const q = input.value.trim();
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const answer = await fetch(`${opener.dataset.find}?q=${encodeURIComponent(q)}`, { signal });
    if (!answer.ok || !answer.headers.get("content-type")?.includes("json")) throw new Error();
    found = await answer.json();
    draw();
  } catch {
    if (signal.aborted) return;
    found = nothing;
    draw("Customers could not be searched. Try again in a moment.");
  }
};
const typed = () => {
  clearTimeout(timer);
  asking?.abort();
  const asks = opener.dataset.find && input.value.trim().length > 1;
  if (!asks) found = nothing;
  active = 0;
  draw();
  if (asks) timer = setTimeout(ask, 100);
};
const build = () => {
  input = make("input", {
    class: "control", role: "combobox", "aria-label": opener.dataset.find ? "Search customers, pages and actions" : "Search pages",
    "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
  });
  list = make("div", { role: "listbox", id: "palette-list", "aria-label": "Results" });
  status = make("p", { class: "visually-hidden", role: "status" });
  note = make("p", { class: "palette-note muted", "aria-hidden": "true" });
  palette = make("dialog", { class: "palette", "aria-label": "Search" });
  const help = make("button", { class: "btn", "data-size": "sm", "data-variant": "quiet", type: "button" }, "Keyboard shortcuts");
  help.onclick = () => {
    palette.close();
    showHelp();
  };
  palette.append(make("div", { class: "palette-box" }, make("div", { class: "palette-top" }, input, closing(palette)), list, note, status, help));
  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) point(active + step);
    else if (event.key === "Enter") go(options[active]);
    else return;
    event.preventDefault();
  });
  palette.addEventListener("close", () => {
    clearTimeout(timer);
    asking?.abort();
  });
  document.body.append(palette);
};
const open = () => {
  if (!palette) build();
  if (palette.open) return;
  input.value = "";
  found = nothing;
  active = 0;
  palette.showModal();
  input.focus();
  draw();
};

// Shortcuts of single letters can be switched off: whoever speaks to the computer would press them by accident.
const OFF = "smoothschedule-shortcuts-off";
const isOff = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
};
let help;
const showHelp = () => {
  if (!help) {
    const rows = [[command, "Search, and go anywhere"], ["/", "Search this page, or everything"], ["?", "This help"]]
      .concat(entries.filter(({ keys }) => keys).map(({ keys, label }) => [keys, label]))
      .map(([keys, label]) => make("div", {}, make("dt", {}, keysOf(keys)), make("dd", {}, label)));
    const box = make("input", { type: "checkbox", "aria-describedby": "shortcuts-hint" });
    box.checked = !isOff();
    box.onchange = () => {
      try {
        box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1");
      } catch {
        box.checked = true;
      }
    };
    help = make("dialog", { class: "palette", "aria-labelledby": "shortcuts" });
    help.append(
      make("div", { class: "palette-box" },
        make("div", { class: "palette-top" }, make("h2", { id: "shortcuts" }, "Keyboard shortcuts"), closing(help)),
        make("dl", { class: "palette-help" }, ...rows),
        make("label", { class: "check" }, box, make("span", {}, "Shortcuts of single keys")),
        make("p", { class: "field-hint", id: "shortcuts-hint" }, `They do nothing while you type. Switched off, only ${command} is left; this browser remembers it.`)),
    );
    document.body.append(help);
  }
  help.showModal();
};
const search = () => {
  const field = document.querySelector("main input[type=search]");
  if (!field) return open();
  field.focus();
  field.select();
};

let first = "";
const pressed = (event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === "k") {
    event.preventDefault();
    return open();
  }
  const isTyping = target.closest?.("input, textarea, select, [contenteditable], [role=textbox]");
  if (ctrlKey || metaKey || altKey || isTyping || key.length !== 1 || isOff() || document.querySelector("dialog[open]")) return;
  const keys = first + key;
  first = "";
  const entry = entries.find((entry) => entry.keys === keys);
  if (entry) go(entry);
  else if (key === "/") search();
  else if (key === "?") showHelp();
  else {
    if (key === "g") {
      first = "g ";
      setTimeout(() => (first = ""), 1500);
    }
    return;
  }
  event.preventDefault();
};

if (opener) {
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  const hint = opener.querySelector("kbd");
  hint.textContent = command;
  hint.setAttribute("aria-hidden", "true");
  hint.hidden = false;
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  // As a button is pressed.
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", pressed);
}
