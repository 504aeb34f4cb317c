// The view as a file: GEXF for Gephi, SVG for reports.

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
    const data = graph.getEdgeAttributes(edge);
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
export function svg(renderer, graph, nodes, edges, ink, paper) {
  const { width, height } = renderer.getDimensions();
  const place = (node) => renderer.graphToViewport(graph.getNodeAttributes(node));
  const scale = (node) => renderer.scaleSize(graph.getNodeAttribute(node, "size"));
  const lines = edges.map((edge) => {
    const a = place(graph.source(edge));
    const b = place(graph.target(edge));
    const { color, label, modality } = graph.getEdgeAttributes(edge);
    const dash = modality === "asserted" ? "" : ' stroke-dasharray="4 3"';
    const title = `${graph.getNodeAttribute(graph.source(edge), "label")} ${label} ${graph.getNodeAttribute(graph.target(edge), "label")}`;
    return `<line x1="${a.x.toFixed(1)}" y1="${a.y.toFixed(1)}" x2="${b.x.toFixed(1)}" y2="${b.y.toFixed(1)}" stroke="${color}" stroke-opacity=".7"${dash}><title>${escaped(title)}</title></line>`;
  });
  const dots = nodes.map((node) => {
    const { x, y } = place(node);
    const { color, label } = graph.getNodeAttributes(node);
    const radius = scale(node);
    return `<g><circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="${color}"/><text x="${(x + radius + 3).toFixed(1)}" y="${(y + 4).toFixed(1)}">${escaped(label)}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="${ink}">
<rect width="100%" height="100%" fill="${paper}"/>
${lines.join("\n")}
${dots.join("\n")}
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
