// How things look: colours of the theme, sizes, labels with a rim of paper around the letters.

import EdgeCurveProgram, { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { createNodeBorderProgram } from "@sigma/node-border";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, EdgeRectangleProgram, NodePointProgram } from "sigma/rendering";

import { LARGE } from "./model.js";

const FONT = '"Source Sans 3", system-ui, sans-serif';

export class Look {
  constructor(graph, place, explorer) {
    this.graph = graph;
    this.explorer = explorer;
    this.large = graph.size > LARGE;
    this.roomy = place.clientWidth > 560;
    this.letters = this.roomy ? 14 : 12;
    this.learn();
    this.hub = null; // where on the canvas the node stands that the others are around
    this.sigma = new Sigma(graph, place, {
      allowInvalidContainer: true,
      enableEdgeEvents: !this.large,
      hideEdgesOnMove: this.large,
      hideLabelsOnMove: this.large,
      labelFont: FONT,
      labelSize: this.letters,
      labelWeight: "400",
      labelRenderedSizeThreshold: this.large ? 4.5 : 5,
      labelDensity: this.large ? 0.3 : 0.9,
      labelGridCellSize: 90,
      stagePadding: this.roomy ? 64 : 40,
      minCameraRatio: 0.01,
      maxCameraRatio: 8,
      minEdgeThickness: this.large ? 0.5 : 1.4,
      zIndex: !this.large,
      defaultDrawNodeLabel: (context, data) => { if (!data.highlighted) this.label(context, data, "400"); },
      defaultDrawNodeHover: (context, data) => this.hover(context, data),
      nodeProgramClasses: {
        ringed: createNodeBorderProgram({
          borders: [
            { size: { value: 1.2, mode: "pixels" }, color: { attribute: "rim" } },
            { size: { fill: true }, color: { attribute: "color" } },
          ],
        }),
        point: NodePointProgram,
      },
      defaultNodeType: this.large ? "point" : "ringed",
      edgeProgramClasses: {
        thin: EdgeLineProgram, line: EdgeRectangleProgram, arrow: EdgeArrowProgram,
        bow: EdgeCurveProgram, bowArrow: EdgeCurvedArrowProgram,
      },
      nodeReducer: (node, data) => this.node(node, data),
      edgeReducer: (edge, data) => this.edge(edge, data),
    });
    this.sigma.on("beforeRender", () => {
      const { state, nodes } = explorer;
      this.hub = state.focus && state.steps === 1 && nodes.size < 80
        ? this.sigma.graphToViewport(graph.getNodeAttributes(state.focus)).x : null;
    });
  }

  // The theme's colours, read once and not for every node and edge.
  learn() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ink", "soft", "line", "card"]) this[name] = style.getPropertyValue(`--${name}`).trim();
    this.tones = new Map();
    for (const swatch of document.querySelectorAll("#legend [data-kind], #kinds [data-kind]")) {
      this.tones.set(swatch.dataset.kind, getComputedStyle(swatch).getPropertyValue("--k").trim());
    }
    this.pale = new Map();
  }

  tone(prefix, kind, fallback) {
    return this.tones.get(prefix + kind) ?? fallback;
  }

  // Nearer to the paper: what is not asserted, and what is not looked at.
  faint(color, share) {
    const key = color + share;
    if (!this.pale.has(key)) this.pale.set(key, mixed(color, this.card, share));
    return this.pale.get(key);
  }

  node(node, data) {
    const { nodes, near, state, hovered } = this.explorer;
    if (!nodes.has(node)) return { ...data, hidden: true };
    const lit = near.size === 0 || near.has(node);
    const chosen = node === state.selected || node === hovered;
    const color = this.tone("e-", data.kind, data.color);
    return {
      ...data,
      color: lit ? color : this.line,
      rim: lit ? this.soft : this.line,
      label: lit ? data.label : "",
      highlighted: chosen,
      forceLabel: chosen || (near.size > 0 && near.size < 40 && lit),
      zIndex: lit ? 1 : 0,
    };
  }

  edge(edge, { told, curvature }) {
    const { edges, near, state } = this.explorer;
    const { kind, modality, symmetric } = told;
    const type = this.large ? "thin" : curvature ? (symmetric ? "bow" : "bowArrow") : (symmetric ? "line" : "arrow");
    if (!edges.has(edge)) return { type, hidden: true };
    const full = this.tone("k-", kind, told.color);
    const color = modality === "asserted" ? full : this.faint(full, 0.5);
    if (edge === state.selected) return { type, curvature, color: full, size: 5, zIndex: 2 };
    if (near.size === 0) {
      return this.large ? { type, color: this.faint(color, 0.55), size: 0.5 } : { type, curvature, color, size: 1.8 };
    }
    const [one, other] = this.graph.extremities(edge);
    const centre = this.explorer.centre;
    return one === centre || other === centre
      ? { type, curvature, color, size: 2.4, zIndex: 1 }
      : { type, curvature, color: this.line, size: 0.6, zIndex: 0 };
  }

  label(context, data, weight) {
    if (!data.label) return;
    context.font = `${weight} ${this.letters}px ${FONT}`;
    const width = context.measureText(data.label).width;
    const gap = data.size + 5;
    const room = this.sigma.getDimensions().width - 4;
    // Around one node names stand on the side away from it; under it where that has no room.
    const left = this.hub !== null && data.x < this.hub - 1;
    let [x, y] = [left ? data.x - gap - width : data.x + gap, data.y + 5];
    if (x < 4 || x + width > room) [x, y] = [Math.max(4, Math.min(data.x - width / 2, room - width)), data.y + gap + 11];
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.card;
    context.strokeText(data.label, x, y);
    context.fillStyle = this.ink;
    context.fillText(data.label, x, y);
  }

  hover(context, data) {
    context.fillStyle = this.card;
    context.strokeStyle = this.ink;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(data.x, data.y, data.size, 0, 2 * Math.PI);
    context.fillStyle = data.color;
    context.fill();
    this.label(context, { ...data, size: data.size + 3 }, "700");
  }
}

function mixed(one, other, share) {
  const [a, b] = [one, other].map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return `#${a.map((part, i) => Math.round(part + (b[i] - part) * share).toString(16).padStart(2, "0")).join("")}`;
}
