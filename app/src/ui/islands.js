// Loads the islands and wakes each in document order, as leptos' own starter does (leptos 0.8.23,
// src/hydration/island_script.js). Ours has its addresses from the server's memory; theirs reads a file each request.
(js, wasm) => {
  const idle = window.requestIdleCallback ?? ((then) => setTimeout(then));
  const parents = [];
  let islands;
  const wake = async (element, name) => {
    parents.at(-1)?.();
    if (!islands[name]) return console.warn(`No island is called ${name}.`);
    await islands[name](element);
  };
  const walk = async (element) => {
    const isSlot = element.localName === "leptos-children";
    if (element.localName === "leptos-island") await wake(element, element.dataset.component);
    if (isSlot) parents.push(element.$$on_hydrate);
    for (const child of element.children) await walk(child);
    if (isSlot) parents.pop();
  };
  window.__hydrateIsland = wake;
  idle(async () => {
    islands = await import(js);
    await islands.default({ module_or_path: wasm });
    islands.hydrate();
    await walk(document.body);
  });
}
