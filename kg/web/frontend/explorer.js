// The graph explorer: what is shown, and what follows from a click, a key or a filter.

import { read, write } from "./address.js";
import { buttons, filters, keys, search, time } from "./controls.js";
import { Look } from "./drawing.js";
import { Layout } from "./layout.js";
import { build, LARGE, reach, sunflower, told } from "./model.js";
import { showEdge, showNode, showNothing } from "./panel.js";

const by = (id) => document.getElementById(id);
const frame = by("explorer");
const panel = by("evidence");
const status = by("status");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

class Explorer {
  constructor(data) {
    this.data = data;
    this.graph = build(data);
    this.state = read(data);
    this.nodes = new Set();
    this.edges = new Set();
    this.near = new Set(); // what is lit; empty is everything
    this.hovered = null;
    if (this.state.focus && !this.graph.hasNode(this.state.focus)) this.state.focus = null;
    const years = this.graph.mapEdges((_, { told: { from } }) => from).filter((year) => year > 1900);
    this.first = years.reduce((a, b) => Math.min(a, b), years[0] ?? 2000);
    this.last = years.reduce((a, b) => Math.max(a, b), years[0] ?? 2000);
    frame.hidden = false;
    filters(this);
    this.look = new Look(this.graph, by("canvas"), this);
    this.sigma = this.look.sigma;
    this.layout = new Layout(this.graph, () => this.frame(), () => this.tell());
    for (const part of [buttons, search, time, keys]) part(this);
    this.events();
    this.filter();
    const { selected, camera } = this.state;
    this.select(this.graph.hasNode(selected) || this.graph.hasEdge(selected) ? selected : null);
    if (camera) this.sigma.getCamera().setState({ x: camera[0], y: camera[1], ratio: camera[2] });
    this.arrange();
  }

  // Which nodes and edges are shown now.
  filter() {
    const { state, graph } = this;
    const before = { nodes: this.nodes, edges: this.edges };
    this.edges = new Set();
    graph.forEachEdge((edge, { told: data }) => {
      if (state.kinds.has(data.kind) && state.modalities.has(data.modality)
        && (!state.amount || (data.amount ?? 0) >= state.amount)
        && (state.year === null || ((data.from ?? this.first) <= state.year && (data.to === null || data.to >= state.year)))) {
        this.edges.add(edge);
      }
    });
    const within = state.focus && reach(graph, state.focus, state.steps, (edge) => this.edges.has(edge));
    if (within) {
      for (const edge of this.edges) {
        if (!within.has(graph.source(edge)) || !within.has(graph.target(edge))) this.edges.delete(edge);
      }
    }
    this.nodes = new Set(within || []);
    for (const edge of this.edges) {
      this.nodes.add(graph.source(edge));
      this.nodes.add(graph.target(edge));
    }
    const few = this.edges.size <= LARGE;
    if (this.sigma.getSetting("enableEdgeEvents") !== few) {
      this.settled = false;
      this.sigma.setSetting("enableEdgeEvents", few);
    }
    this.tell();
    if (state.selected) { this.light(state.selected); this.refresh(); } else {
      this.refresh(differing(before.nodes, this.nodes), differing(before.edges, this.edges));
    }
  }

  tell() {
    const { nodes, edges, graph, data } = this;
    const count = (number) => number.toLocaleString("en");
    status.textContent = `${count(nodes.size)} of ${count(graph.order)} entities, ${count(edges.size)} of ${count(graph.size)} relationships`
      + (this.state.focus ? `, around ${graph.getNodeAttribute(this.state.focus, "label")}` : "")
      + (data.notDrawn ? `; ${count(data.notDrawn)} more lack a named party and are on the pages only` : "");
    by("layout").setAttribute("aria-pressed", String(this.layout.running));
    Object.assign(frame.dataset, { nodes: nodes.size, edges: edges.size, ready: "yes" });
  }

  // Draw anew what is given. A small graph is drawn whole; in a large one that would take a second.
  refresh(nodes = this.graph.nodes(), edges = this.graph.edges()) {
    if (this.settled && this.look.large) this.sigma.refresh({ partialGraph: { nodes, edges }, skipIndexation: true, schedule: true });
    else this.sigma.refresh({ skipIndexation: true });
    this.remember();
  }

  remember() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => write(this.state, this.data, this.sigma.getCamera().getState()), 150);
  }

  get centre() {
    return this.hovered ?? this.state.selected;
  }

  // Light up a node or an edge and show what it rests on; null lets go.
  select(one) {
    const { graph, state } = this;
    state.selected = one;
    this.light(one);
    if (one && graph.hasEdge(one)) {
      showEdge(panel, one);
    } else if (one) {
      const begin = (edge) => told(graph, edge).begin ?? "";
      const edges = graph.edges(one).filter((edge) => this.edges.has(edge)).sort((a, b) => (begin(a) < begin(b) ? 1 : -1));
      showNode(panel, graph, one, edges, (edge) => this.select(edge));
      by("node").value = graph.getNodeAttribute(one, "label");
    } else {
      showNothing(panel, graph, this.nodes, (node) => this.go(node));
    }
    this.refresh();
  }

  light(one) {
    this.near = new Set();
    if (one && this.graph.hasEdge(one)) this.near = new Set(this.graph.extremities(one));
    else if (one) {
      this.near.add(one);
      this.graph.forEachEdge(one, (edge, _, a, b) => {
        if (this.edges.has(edge)) { this.near.add(a); this.near.add(b); }
      });
    }
  }

  // To a node wherever it is; if it is filtered away, to what is around it.
  go(node) {
    if (!this.nodes.has(node)) this.focus(node);
    this.select(node);
    const place = this.sigma.getNodeDisplayData(node);
    const camera = this.sigma.getCamera();
    if (place) camera.animate({ x: place.x, y: place.y, ratio: Math.min(camera.ratio, 0.6) }, { duration: calm ? 0 : 400 });
  }

  // Only what is within so many steps of a node; null is the whole graph.
  focus(node, steps = 1) {
    this.state.focus = node;
    this.state.steps = steps;
    this.filter();
    this.arrange();
    this.fit();
  }

  // Places by force, from the same beginning for the same part of the graph whatever the filters,
  // so that a shared link shows what its sender saw; or on from where they are.
  arrange(afresh = true) {
    const { graph, state } = this;
    const within = state.focus ? reach(graph, state.focus, state.steps, () => true) : new Set(graph.nodes());
    const nodes = graph.filterNodes((node) => within.has(node));
    const edges = graph.filterEdges((_, __, one, other) => within.has(one) && within.has(other));
    if (afresh) {
      const places = new Map(nodes.map((node, i) => [node, sunflower(i)]));
      graph.updateEachNodeAttributes((node, data) => ({ ...data, ...places.get(node) }), { attributes: ["x", "y"] });
    }
    this.layout.start(nodes, edges);
    this.tell();
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
    this.settled = false;
    this.sigma.setCustomBBox(this.nodes.size > 1 ? box : null);
    this.sigma.scheduleRefresh();
  }

  fit() {
    this.frame();
    this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: calm ? 0 : 300 });
  }

  move(right, up) {
    const camera = this.sigma.getCamera();
    const step = 0.1 * camera.ratio;
    camera.setState({ x: camera.x + right * step, y: camera.y + up * step });
  }

  zoom(factor) {
    const camera = this.sigma.getCamera();
    camera.setState({ ratio: camera.getBoundedRatio(camera.ratio * factor) });
  }

  events() {
    const { sigma } = this;
    sigma.on("afterRender", () => { this.settled = true; }); // and can be drawn anew in parts
    sigma.on("clickNode", ({ node }) => this.select(node));
    sigma.on("doubleClickNode", (event) => { event.preventSigmaDefault(); this.focus(event.node); this.select(event.node); });
    sigma.on("clickEdge", ({ edge }) => this.select(edge));
    sigma.on("clickStage", () => this.select(null));
    const hover = (node) => {
      if (this.edges.size > LARGE) return; // the name appears all the same
      this.hovered = node;
      if (!this.state.selected) { this.light(node); this.refresh(); }
    };
    sigma.on("enterNode", ({ node }) => hover(node));
    sigma.on("leaveNode", () => hover(null));
    sigma.on("enterEdge", () => { by("canvas").style.cursor = "pointer"; });
    sigma.on("leaveEdge", () => { by("canvas").style.cursor = ""; });
    sigma.getCamera().on("updated", () => this.remember());
    document.addEventListener("theme", () => { this.look.learn(); this.refresh(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.look.learn(); this.refresh(); });
    document.fonts?.ready.then(() => this.refresh());
  }
}

function differing(before, now) {
  return [...[...before].filter((one) => !now.has(one)), ...[...now].filter((one) => !before.has(one))];
}

try {
  const response = await fetch("/explorer/graph.json");
  if (!response.ok) throw new Error(await response.text());
  const data = await response.json();
  by("loading").textContent = `Drawing ${data.edges.length.toLocaleString("en")} relationships …`;
  await new Promise((painted) => { requestAnimationFrame(() => setTimeout(painted)); });
  frame.explorer = new Explorer(data);
} catch (error) {
  frame.hidden = false;
  status.textContent = `The graph cannot be shown: ${error.message}`;
  throw error;
} finally {
  by("loading").hidden = true;
}
