// The view as a file: GEXF for Gephi, SVG for reports.

import { told } from "./model.js";

const escaped = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
  .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// What is shown, as GEXF 1.3 with colours, sizes, places and the relations' attributes.
export function gexf(graph, nodes, edges) {
  const names = ["kind", "modality", "status", "start", "end", "amount", "currency"];
  const attributes = names.map((name, i) =>
    `      <attribute id="${i}" title="${name}" type="${name === "amount" ? "double" : "string"}"/>`).join("\n");
  const shownNodes = nodes.map((node) => {
    const { label, color, x, y, size, kind } = graph.getNodeAttributes(node);
    const [r, g, b] = rgb(color);
    return `      <node id="${escaped(node)}" label="${escaped(label)}"><attvalues><attvalue for="kind" value="${escaped(kind)}"/></attvalues><viz:color r="${r}" g="${g}" b="${b}"/><viz:position x="${x.toFixed(3)}" y="${(-y).toFixed(3)}" z="0"/><viz:size value="${size.toFixed(2)}"/></node>`;
  });
  const shownEdges = edges.map((edge) => {
    const data = told(graph, edge);
    const values = names.map((name, i) => (data[name] === null || data[name] === undefined || data[name] === ""
      ? "" : `<attvalue for="${i}" value="${escaped(data[name])}"/>`)).join("");
    const [r, g, b] = rgb(data.color);
    return `      <edge id="${escaped(edge)}" source="${escaped(graph.source(edge))}" target="${escaped(graph.target(edge))}" label="${escaped(data.label)}" type="${data.symmetric ? "undirected" : "directed"}"><attvalues>${values}</attvalues><viz:color r="${r}" g="${g}" b="${b}"/></edge>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta><creator>kg serve</creator><description>AI industry relationships, the view of ${escaped(location.href)}</description></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>
    <attributes class="edge">
${attributes}
    </attributes>
    <nodes>
${shownNodes.join("\n")}
    </nodes>
    <edges>
${shownEdges.join("\n")}
    </edges>
  </graph>
</gexf>
`;
}

// What is shown, as it is seen, with a name on every node.
export function svg(look, nodes, edges) {
  const { sigma, graph } = look;
  const { width, height } = sigma.getDimensions();
  const shown = new Map(nodes.map((node) => {
    const data = graph.getNodeAttributes(node);
    const { x, y } = sigma.graphToViewport(data);
    return [node, { ...data, x, y, radius: sigma.scaleSize(data.size), color: look.tone("e-", data.kind, data.color) }];
  }));
  const at = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const lines = edges.map((edge) => {
    const [a, b] = graph.extremities(edge).map((node) => shown.get(node));
    const { color, label, kind, modality, symmetric } = told(graph, edge);
    const bend = graph.getEdgeAttribute(edge, "curvature") ?? 0;
    // The middle moves to the side by as much as on the screen; the control point by twice that.
    const control = [(a.x + b.x) / 2 + bend * (b.y - a.y), (a.y + b.y) / 2 - bend * (b.x - a.x)];
    const far = Math.hypot(b.x - control[0], b.y - control[1]) || 1;
    const tip = symmetric ? b : { x: b.x - ((b.x - control[0]) * (b.radius + 5)) / far, y: b.y - ((b.y - control[1]) * (b.radius + 5)) / far };
    const dash = modality === "asserted" ? "" : ' stroke-dasharray="5 3"';
    const head = symmetric ? "" : ` marker-end="url(#to-${kind})"`;
    return `<path d="M${at(a.x, a.y)}Q${at(...control)} ${at(tip.x, tip.y)}" stroke="${look.tone("k-", kind, color)}"${dash}${head}><title>${escaped(`${a.label} ${label} ${b.label} (${modality})`)}</title></path>`;
  });
  const kinds = new Map(edges.map((edge) => told(graph, edge)).map(({ kind, color }) => [kind, look.tone("k-", kind, color)]));
  const heads = [...kinds].map(([kind, color]) => `<marker id="to-${kind}" viewBox="0 0 6 6" refX="1" refY="3" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0 6 3 0 6Z" fill="${color}"/></marker>`);
  const dots = [...shown.values()].map(({ x, y, radius, color, label }) =>
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="${color}"/><text x="${(x + radius + 4).toFixed(1)}" y="${(y + 4.5).toFixed(1)}">${escaped(label)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="'Source Sans 3','Source Sans Pro',sans-serif" font-size="14">
<defs>${heads.join("")}</defs>
<rect width="100%" height="100%" fill="${look.card}"/>
<g fill="none" stroke-width="1.6" stroke-opacity=".85">
${lines.join("\n")}
</g>
<g fill="${look.ink}" stroke="${look.card}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">
${dots.join("\n")}
</g>
</svg>
`;
}

export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
