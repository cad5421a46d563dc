// Keeps a list that the server drew up to date: where something changes, the page is asked for again and the list in it
// put in place of the old one. What has the focus keeps it.
() => {
  const list = document.querySelector("[data-follow]");
  if (!list) return;
  let timer;
  const renew = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
    const focus = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
    if (!next || next.innerHTML === list.innerHTML) return;
    list.innerHTML = next.innerHTML;
    if (focus) list.querySelector(`[href="${CSS.escape(focus)}"]`)?.focus();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => renew().catch(() => {}), 200);
  };
  const source = new EventSource(list.dataset.follow);
  source.addEventListener("change", soon);
  source.addEventListener("reload", soon);
  document.addEventListener("sheet-done", soon);
}
