// Opens what links with `data-sheet` lead to as a sheet over the page: the server sends the same form without its frame,
// and sees the same requests as without script. What was typed stays until the server has taken it.
() => {
  const sheet = document.createElement("dialog");
  sheet.className = "pane";
  let address;
  const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  const note = (text) => {
    const old = sheet.querySelector(".pane-note") ?? sheet.appendChild(document.createElement("p"));
    old.className = "pane-note";
    old.setAttribute("role", "alert");
    old.textContent = text;
  };
  const draw = (html) => {
    sheet.innerHTML = html;
    const close = document.createElement("button");
    close.className = "toast-close pane-close";
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.onclick = () => sheet.close();
    sheet.prepend(close);
    const head = sheet.querySelector("h1, h2");
    if (head) sheet.setAttribute("aria-label", head.textContent);
    if (!sheet.open) sheet.showModal();
    (sheet.querySelector("[role=alert], [autofocus]") ?? sheet.querySelector("input:not([type=hidden]), select, a"))?.focus();
  };
  const ask = async (url, options = {}) => {
    // A skeleton that flashes is worse than a moment of nothing.
    const slow = setTimeout(() => draw("<h2>Loading…</h2>"), sheet.open ? 1e9 : 300);
    sheet.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { ...options, redirect: "manual", headers: { "X-Fragment": "1" } });
      if (answer.type === "opaqueredirect" || answer.status === 401) return location.assign(address);
      if (answer.status === 201) {
        sheet.close();
        document.dispatchEvent(new CustomEvent("sheet-done", { detail: answer.headers.get("X-Appointment") }));
        return;
      }
      const html = await answer.text();
      if (/^\s*<!doctype/i.test(html)) return location.assign(address);
      draw(html);
    } catch {
      if (sheet.open && options.method === "post") note("No connection. What you typed is kept: try again when it is back.");
      else draw("<h2>No connection</h2><p>This could not be loaded. Close it and try again when the connection is back.</p>");
    } finally {
      clearTimeout(slow);
      sheet.removeAttribute("aria-busy");
    }
  };
  const open = (url) => {
    address = url;
    if (!sheet.isConnected) document.body.append(sheet);
    return ask(url);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-sheet]");
    if (!link || event.defaultPrevented || !plain(event)) return;
    event.preventDefault();
    open(link.href);
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sheet.hasAttribute("aria-busy")) return;
    const form = event.target;
    const data = new URLSearchParams(new FormData(form, event.submitter));
    const url = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    if ((event.submitter?.getAttribute("formmethod") ?? form.method) === "get") ask(`${url.split("?")[0]}?${data}`);
    else ask(url, { method: "post", body: data });
  });
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
}
