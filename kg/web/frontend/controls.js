// The controls beside and around the drawing: filters, search, time, saving.

import { gexf, save, svg } from "./saving.js";

const by = (id) => document.getElementById(id);

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function filters(explorer) {
  const { state, data } = explorer;
  const counts = new Map();
  for (const edge of data.edges) {
    for (const name of [data.kinds[edge[3]][0], data.modalities[edge[4]]]) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const boxes = (place, names, chosen, swatch) => {
    for (const name of names.filter((one) => counts.has(one))) {
      const box = made("input", { type: "checkbox", value: name, checked: chosen.has(name) });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(name); else chosen.delete(name);
        explorer.filter();
      });
      const label = made("label", {}, box);
      if (swatch) {
        const mark = made("span", { className: `swatch k-${name}` });
        mark.dataset.kind = `k-${name}`;
        label.append(mark);
      }
      label.append(` ${name} `, made("span", { className: "n", textContent: counts.get(name).toLocaleString("en") }));
      by(place).append(label);
    }
  };
  boxes("kinds", data.kinds.map((kind) => kind[0]), state.kinds, true);
  boxes("modalities", data.modalities, state.modalities, false);
  const present = new Set(data.nodes.map((node) => node[2]));
  data.entityKinds.forEach(([name], i) => {
    if (!present.has(i)) return;
    const item = made("li", { className: `e-${name}`, textContent: name.replaceAll("-", " ") });
    item.dataset.kind = `e-${name}`;
    by("legend").append(item);
  });
  by("amount").value = String(state.amount);
  by("amount").addEventListener("change", (event) => {
    state.amount = Number(event.target.value);
    explorer.filter();
  });
}

export function buttons(explorer) {
  const { state, graph } = explorer;
  const say = (text) => { by("status").textContent = text; };
  const on = (id, act) => by(id).addEventListener("click", act);
  on("around", () => {
    if (state.selected && graph.hasNode(state.selected)) explorer.focus(state.selected);
    else say("Choose a node first.");
  });
  on("expand", () => {
    if (!state.focus) { say("Choose a node and show only what is around it first."); return; }
    explorer.focus(state.focus, Math.min(state.steps + 1, 6));
  });
  on("whole", () => explorer.focus(null));
  on("layout", () => {
    if (explorer.layout.running) explorer.layout.stop(); else explorer.arrange(false);
    explorer.tell();
  });
  on("fit", () => explorer.fit());
  on("nearer", () => explorer.zoom(1 / 1.4));
  on("farther", () => explorer.zoom(1.4));
  on("save-gexf", () => save("ai-industry.gexf", "application/xml", gexf(graph, [...explorer.nodes], [...explorer.edges])));
  on("save-svg", () => save("ai-industry.svg", "image/svg+xml", svg(explorer.look, [...explorer.nodes], [...explorer.edges])));
}

export function search(explorer) {
  const input = by("node");
  const names = explorer.data.nodes.map(([id, label]) => [label.toLowerCase(), id, label])
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const find = (text) => names.filter(([name]) => name.startsWith(text))
    .concat(names.filter(([name]) => !name.startsWith(text) && name.includes(text)));
  input.addEventListener("input", () => {
    const text = input.value.trim().toLowerCase();
    by("nodes").replaceChildren(...(text ? find(text).slice(0, 12) : []).map(([, , label]) => made("option", { value: label })));
  });
  by("find-node").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim().toLowerCase();
    const [hit] = text ? find(text) : [];
    if (hit) explorer.go(hit[1]);
    else by("status").textContent = text ? `Nothing in the graph is called “${input.value}”.` : "";
  });
}

// The slider's last place stands for "all of time".
export function time(explorer) {
  const { state, first, last } = explorer;
  const slider = by("year");
  const play = by("play");
  slider.min = first;
  slider.max = last + 1;
  let playing = null;
  const show = () => {
    slider.value = String(state.year ?? last + 1);
    const text = state.year === null ? "all years" : `end of ${state.year}`;
    by("year-shown").textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  const set = (value) => {
    state.year = value > last ? null : value;
    show();
    explorer.filter();
  };
  show();
  slider.addEventListener("input", () => set(Number(slider.value)));
  const halt = () => {
    clearInterval(playing);
    playing = null;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  play.addEventListener("click", () => {
    if (playing) { halt(); return; }
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    if (state.year === null) set(first);
    playing = setInterval(() => {
      set((state.year ?? first) + 1);
      if (state.year === null) halt();
    }, 900);
  });
}

export function keys(explorer) {
  by("canvas").addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (moves[event.key]) explorer.move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") explorer.zoom(1 / 1.25);
    else if (event.key === "-") explorer.zoom(1.25);
    else if (event.key === "Escape") explorer.select(null);
    else return;
    event.preventDefault();
  });
}
