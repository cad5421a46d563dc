// What forms gain where scripts run. Without it all of them work; each part looks for its own mark in the page.
() => {
  // Rows to tick (`data-picks`, the noun for one): the bar only where something is ticked, a box for all, the count said.
  for (const form of document.querySelectorAll("form[data-picks]")) {
    const boxes = [...form.querySelectorAll("input[name=pick]")];
    const all = form.querySelector(".pick-all");
    const bar = form.querySelector(".pick-bar");
    const said = form.querySelector("[data-said]");
    if (!boxes.length || !all || !bar || !said) continue;
    const box = all.querySelector("input");
    const update = (isNews) => {
      const ticked = boxes.filter(({ checked }) => checked).length;
      bar.hidden = ticked === 0;
      box.checked = ticked === boxes.length;
      box.indeterminate = ticked > 0 && ticked < boxes.length;
      const noun = form.dataset.picks + (ticked === 1 ? "" : "s");
      if (isNews) said.textContent = `${ticked || "No"} ${noun} of ${boxes.length} selected`;
    };
    all.hidden = false;
    box.addEventListener("change", () => {
      for (const one of boxes) one.checked = box.checked;
      update(true);
    });
    for (const one of boxes) one.addEventListener("change", () => update(true));
    // Whoever comes back finds the boxes as they were left.
    addEventListener("pageshow", () => update(false));
    update(false);
  }
}
