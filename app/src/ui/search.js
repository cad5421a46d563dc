// A list that follows what is typed into its search: the same address is asked for as by the form's own button, and the
// results in the answer take the place of those in the page. Focus and what is typed stay where they are.
const form = document.querySelector("[data-live] form");
const region = form && document.getElementById(form.closest("[data-live]").dataset.live);
const status = document.querySelector("[data-found]");
let timer, asking;

const ask = async () => {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value.trim()) address.searchParams.set(name, value);
  // What flashes for a moment is worse than a moment of the old.
  const slow = setTimeout(() => region.setAttribute("aria-busy", "true"), 300);
  try {
    const answer = await fetch(address, { signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(region.id);
    if (!answer.ok || answer.redirected || !next) throw new Error();
    // Said once, by the line that stays.
    next.querySelector("[role=status]")?.removeAttribute("role");
    region.replaceChildren(...next.childNodes);
    const [buttons, others] = [form, page].map((place) => place.querySelector(".filter-actions"));
    if (others) buttons.replaceChildren(...others.childNodes);
    history.replaceState(history.state, "", address);
    status.textContent = region.querySelector(".list-count")?.textContent ?? "Nothing matches";
  } catch {
    if (!signal.aborted) status.textContent = "The search did not get through. Press Enter to try again.";
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) region.removeAttribute("aria-busy");
  }
};
if (region && status) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
}
