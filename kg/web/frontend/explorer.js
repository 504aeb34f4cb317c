// The graph explorer: what is shown, and what follows from a click, a key or a filter.

import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";

import { read, write } from "./address.js";
import { Layout } from "./layout.js";
import { showEdge, showNode, showNothing } from "./panel.js";
import { gexf, save, svg } from "./saving.js";

const by = (id) => document.getElementById(id);
const frame = by("explorer");
const panel = by("evidence");
const status = by("status");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function build(data) {
  const graph = new MultiDirectedGraph();
  const many = data.nodes.length;
  data.nodes.forEach(([id, label, kind], i) => {
    // A sunflower: no two in one place, and the same on every visit.
    const angle = i * 2.399963;
    const radius = 10 * Math.sqrt(i + 1);
    const [name, color] = data.entityKinds[kind];
    graph.addNode(id, { label, kind: name, color, x: radius * Math.cos(angle), y: radius * Math.sin(angle), size: 3 });
  });
  for (const [id, source, target, kind, modality, state, start, end, first, amount, currency] of data.edges) {
    const [name, label, color, symmetric] = data.kinds[kind];
    const begin = start ?? first;
    graph.addEdgeWithKey(id, data.nodes[source][0], data.nodes[target][0], {
      kind: name, label, color, symmetric, modality: data.modalities[modality],
      status: state < 0 ? "" : data.statuses[state], start, end, begin, amount, currency,
      from: begin ? Number(begin.slice(0, 4)) : null, to: end ? Number(end.slice(0, 4)) : null,
      size: 1.8, type: symmetric ? "line" : "arrow",
    });
  }
  const widest = many > 3000 ? 10 : 16;
  graph.forEachNode((node) => {
    graph.setNodeAttribute(node, "size", Math.min(widest, 2.5 + 1.6 * Math.sqrt(graph.degree(node))));
  });
  return graph;
}

class Explorer {
  constructor(data) {
    this.data = data;
    this.graph = build(data);
    this.state = read(data);
    this.nodes = new Set();
    this.edges = new Set();
    this.near = new Set();
    this.hovered = null;
    if (this.state.focus && !this.graph.hasNode(this.state.focus)) this.state.focus = null;
    const years = this.graph.mapEdges((_, { from }) => from).filter((year) => year > 1900);
    this.first = years.length ? years.reduce((a, b) => Math.min(a, b)) : 2000;
    this.last = years.length ? years.reduce((a, b) => Math.max(a, b)) : 2000;
    frame.hidden = false;
    const large = this.graph.size > 20_000;
    this.sigma = new Sigma(this.graph, by("canvas"), {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      hideEdgesOnMove: large,
      labelFont: "system-ui, sans-serif",
      labelSize: 13,
      labelColor: { color: colour("--ink") },
      labelRenderedSizeThreshold: large ? 7 : 5,
      labelDensity: 0.7,
      minCameraRatio: 0.01,
      maxCameraRatio: 8,
      minEdgeThickness: large ? 0.6 : 1.6,
      zIndex: true,
      defaultDrawNodeHover: drawHover,
      nodeReducer: (node, data_) => this.node(node, data_),
      edgeReducer: (edge, data_) => this.edge(edge, data_),
    });
    this.layout = new Layout(this.graph, (done) => {
      this.frame();
      by("layout").setAttribute("aria-pressed", String(!done));
      if (done) this.tell();
    });
    this.controls();
    this.events();
    this.filter();
    if (this.state.selected && (this.graph.hasNode(this.state.selected) || this.graph.hasEdge(this.state.selected))) {
      this.select(this.state.selected);
    }
    if (this.state.camera) {
      const [x, y, ratio] = this.state.camera;
      this.sigma.getCamera().setState({ x, y, ratio });
    }
    this.arrange();
  }

  node(node, data) {
    if (!this.nodes.has(node)) return { ...data, hidden: true };
    const lit = this.near.size === 0 || this.near.has(node);
    const chosen = node === this.state.selected || node === this.hovered;
    return {
      ...data,
      color: lit ? data.color : colour("--line"),
      label: lit ? data.label : "",
      highlighted: chosen,
      forceLabel: chosen || (this.near.size > 0 && this.near.size < 40 && lit),
      zIndex: lit ? 1 : 0,
    };
  }

  edge(edge, data) {
    if (!this.edges.has(edge)) return { ...data, hidden: true };
    if (edge === this.state.selected) return { ...data, size: 4, zIndex: 2 };
    if (this.near.size === 0) return data;
    const [one, other] = this.graph.extremities(edge);
    const centre = this.hovered ?? this.state.selected;
    return one === centre || other === centre
      ? { ...data, size: 2, zIndex: 1 }
      : { ...data, color: colour("--line"), size: 0.5 };
  }

  // Which nodes and edges are shown now.
  filter() {
    const { state, graph } = this;
    this.edges = new Set();
    graph.forEachEdge((edge, data) => {
      if (state.kinds.has(data.kind) && state.modalities.has(data.modality)
        && (!state.amount || (data.amount ?? 0) >= state.amount)
        && (state.year === null || ((data.from ?? this.first) <= state.year && (data.to === null || data.to >= state.year)))) {
        this.edges.add(edge);
      }
    });
    let within = null;
    if (state.focus) {
      within = new Set([state.focus]);
      let rim = [state.focus];
      for (let step = 0; step < state.steps; step += 1) {
        const next = [];
        for (const node of rim) {
          graph.forEachEdge(node, (edge, _, one, other) => {
            if (!this.edges.has(edge)) return;
            for (const end of [one, other]) {
              if (!within.has(end)) { within.add(end); next.push(end); }
            }
          });
        }
        rim = next;
      }
      for (const edge of this.edges) {
        if (!within.has(graph.source(edge)) || !within.has(graph.target(edge))) this.edges.delete(edge);
      }
    }
    this.nodes = new Set(within ?? []);
    for (const edge of this.edges) {
      this.nodes.add(graph.source(edge));
      this.nodes.add(graph.target(edge));
    }
    this.tell();
    this.refresh();
  }

  tell() {
    const { nodes, edges, graph } = this;
    status.textContent = `${nodes.size} of ${graph.order} entities, ${edges.size} of ${graph.size} relationships`
      + (this.state.focus ? `, around ${graph.getNodeAttribute(this.state.focus, "label")}` : "");
    Object.assign(frame.dataset, { nodes: nodes.size, edges: edges.size, ready: "yes" });
  }

  refresh() {
    this.sigma.refresh({ skipIndexation: true });
    this.remember();
  }

  remember() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => write(this.state, this.data, this.sigma.getCamera().getState()), 150);
  }

  // Light up a node or an edge and show what it rests on; null lets go.
  select(one) {
    this.state.selected = one;
    this.near = new Set();
    if (one && this.graph.hasEdge(one)) {
      this.near = new Set(this.graph.extremities(one));
      showEdge(panel, one);
    } else if (one) {
      this.light(one);
      const edges = this.graph.edges(one).filter((edge) => this.edges.has(edge))
        .sort((a, b) => (this.graph.getEdgeAttribute(b, "begin") ?? "").localeCompare(this.graph.getEdgeAttribute(a, "begin") ?? ""));
      showNode(panel, this.graph, one, edges, (edge) => this.select(edge));
      by("node").value = this.graph.getNodeAttribute(one, "label");
    } else {
      showNothing(panel);
    }
    this.refresh();
  }

  light(node) {
    this.near = new Set([node]);
    this.graph.forEachEdge(node, (edge, _, a, b) => {
      if (this.edges.has(edge)) { this.near.add(a); this.near.add(b); }
    });
  }

  go(node) {
    if (!this.nodes.has(node)) {
      this.state.focus = node;
      this.state.steps = 1;
      this.filter();
      this.arrange();
    }
    this.select(node);
    const place = this.sigma.getNodeDisplayData(node);
    const camera = this.sigma.getCamera();
    if (place) camera.animate({ x: place.x, y: place.y, ratio: Math.min(camera.ratio, 0.6) }, { duration: calm ? 0 : 400 });
  }

  focus(node) {
    this.state.focus = node;
    this.state.steps = 1;
    this.filter();
    this.arrange();
    this.fit();
  }

  arrange() {
    const nodes = [...this.nodes];
    const rounds = nodes.length > 5000 ? 60 : nodes.length > 1000 ? 250 : 500;
    this.layout.start(nodes, [...this.edges], rounds);
    by("layout").setAttribute("aria-pressed", String(this.layout.running));
  }

  // What the camera at rest shows: the nodes that are not filtered away.
  frame() {
    const box = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
    for (const node of this.nodes) {
      const data = this.graph.getNodeAttributes(node);
      for (const axis of ["x", "y"]) {
        box[axis][0] = Math.min(box[axis][0], data[axis]);
        box[axis][1] = Math.max(box[axis][1], data[axis]);
      }
    }
    this.sigma.setCustomBBox(this.nodes.size > 1 ? box : null);
    this.sigma.scheduleRefresh();
  }

  fit() {
    this.frame();
    this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: calm ? 0 : 300 });
  }

  controls() {
    const { state, data } = this;
    const boxes = (place, names, chosen, mark) => {
      for (const name of names) {
        const label = document.createElement("label");
        const box = Object.assign(document.createElement("input"), { type: "checkbox", value: name, checked: chosen.has(name) });
        box.addEventListener("change", () => {
          if (box.checked) chosen.add(name); else chosen.delete(name);
          this.filter();
        });
        label.append(box, ...mark(name), ` ${name}`);
        by(place).append(label);
      }
    };
    const swatch = (name) => Object.assign(document.createElement("span"), { className: `swatch k-${name}` });
    const used = new Set(data.edges.map((edge) => data.kinds[edge[3]][0]));
    boxes("kinds", data.kinds.map((kind) => kind[0]).filter((kind) => used.has(kind)), state.kinds, (name) => [swatch(name)]);
    boxes("modalities", data.modalities, state.modalities, () => []);
    const present = new Set(data.nodes.map((node) => node[2]));
    data.entityKinds.forEach(([name], i) => {
      if (!present.has(i)) return;
      by("legend").append(Object.assign(document.createElement("li"), { className: `e-${name}`, textContent: name.replaceAll("-", " ") }));
    });
    by("amount").value = String(state.amount);
    by("amount").addEventListener("change", (event) => { state.amount = Number(event.target.value); this.filter(); });
    this.time();
    this.search();
    by("around").addEventListener("click", () => {
      if (state.selected && this.graph.hasNode(state.selected)) this.focus(state.selected);
      else status.textContent = "Choose a node first.";
    });
    by("expand").addEventListener("click", () => {
      if (!state.focus) { status.textContent = "Choose a node and show only what is around it first."; return; }
      state.steps = Math.min(state.steps + 1, 6);
      this.filter();
      this.arrange();
    });
    by("whole").addEventListener("click", () => { state.focus = null; this.filter(); this.arrange(); this.fit(); });
    by("layout").addEventListener("click", () => {
      if (this.layout.running) this.layout.stop(); else this.arrange();
      by("layout").setAttribute("aria-pressed", String(this.layout.running));
    });
    by("fit").addEventListener("click", () => this.fit());
    by("save-gexf").addEventListener("click", () =>
      save("ai-industry.gexf", "application/xml", gexf(this.graph, [...this.nodes], [...this.edges])));
    by("save-svg").addEventListener("click", () =>
      save("ai-industry.svg", "image/svg+xml", svg(this.sigma, this.graph, [...this.nodes], [...this.edges], colour("--ink"), colour("--card"))));
  }

  search() {
    const input = by("node");
    const names = this.data.nodes.map(([id, label]) => [label.toLowerCase(), id, label]).sort((a, b) => a[0].localeCompare(b[0]));
    const find = (text) => names.filter(([name]) => name.startsWith(text))
      .concat(names.filter(([name]) => !name.startsWith(text) && name.includes(text)));
    input.addEventListener("input", () => {
      const text = input.value.trim().toLowerCase();
      by("nodes").replaceChildren(...(text ? find(text).slice(0, 12) : []).map(([, , label]) => Object.assign(document.createElement("option"), { value: label })));
    });
    by("find-node").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = input.value.trim().toLowerCase();
      const [hit] = text ? find(text) : [];
      if (hit) this.go(hit[1]); else status.textContent = text ? `Nothing in the graph is called “${input.value}”.` : "";
    });
  }

  // The slider's last place stands for "all of time".
  time() {
    const slider = by("year");
    const { state } = this;
    slider.min = this.first;
    slider.max = this.last + 1;
    const say = () => { by("year-shown").textContent = state.year === null ? "all years" : `end of ${state.year}`; };
    const set = (value) => {
      state.year = value > this.last ? null : value;
      slider.value = String(value);
      say();
      this.filter();
    };
    slider.value = String(state.year ?? this.last + 1);
    say();
    slider.addEventListener("input", () => set(Number(slider.value)));
    const play = by("play");
    const halt = () => {
      clearInterval(this.playing);
      this.playing = null;
      play.textContent = "Play";
      play.setAttribute("aria-pressed", "false");
    };
    play.addEventListener("click", () => {
      if (this.playing) { halt(); return; }
      play.textContent = "Pause";
      play.setAttribute("aria-pressed", "true");
      if (state.year === null) set(this.first);
      this.playing = setInterval(() => {
        set((state.year ?? this.first) + 1);
        if (state.year === null) halt();
      }, 900);
    });
  }

  events() {
    const { sigma } = this;
    sigma.on("clickNode", ({ node }) => this.select(node));
    sigma.on("doubleClickNode", (event) => { event.preventSigmaDefault(); this.focus(event.node); this.select(event.node); });
    sigma.on("clickEdge", ({ edge }) => this.select(edge));
    sigma.on("clickStage", () => this.select(null));
    if (this.graph.size <= 20_000) {
      sigma.on("enterNode", ({ node }) => {
        this.hovered = node;
        if (!this.state.selected) this.light(node);
        this.refresh();
      });
      sigma.on("leaveNode", () => {
        this.hovered = null;
        if (!this.state.selected) this.near = new Set();
        this.refresh();
      });
    }
    sigma.getCamera().on("updated", () => this.remember());
    document.addEventListener("theme", () => {
      sigma.setSetting("labelColor", { color: colour("--ink") });
      this.refresh();
    });
    by("canvas").addEventListener("keydown", (event) => {
      const camera = sigma.getCamera();
      const step = 0.1 * camera.ratio;
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
      if (moves[event.key]) {
        camera.setState({ x: camera.x + moves[event.key][0], y: camera.y + moves[event.key][1] });
      } else if (event.key === "+" || event.key === "=") camera.setState({ ratio: camera.ratio / 1.25 });
      else if (event.key === "-") camera.setState({ ratio: camera.ratio * 1.25 });
      else if (event.key === "Escape") this.select(null);
      else return;
      event.preventDefault();
    });
  }
}

function drawHover(context, data, settings) {
  const size = settings.labelSize;
  context.font = `600 ${size}px ${settings.labelFont}`;
  const width = data.label ? context.measureText(data.label).width + 10 : 0;
  context.fillStyle = colour("--card");
  context.strokeStyle = colour("--ink");
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.beginPath();
  context.arc(data.x, data.y, data.size, 0, 2 * Math.PI);
  context.fillStyle = data.color;
  context.fill();
  if (!data.label) return;
  context.fillStyle = colour("--card");
  context.fillRect(data.x + data.size + 4, data.y - size / 2 - 4, width, size + 8);
  context.fillStyle = colour("--ink");
  context.fillText(data.label, data.x + data.size + 9, data.y + size / 3);
}

try {
  const response = await fetch("/explorer/graph.json");
  if (!response.ok) throw new Error(await response.text());
  const explorer = new Explorer(await response.json());
  frame.explorer = explorer;
} catch (error) {
  frame.hidden = false;
  status.textContent = `The graph cannot be shown: ${error.message}`;
  throw error;
}
