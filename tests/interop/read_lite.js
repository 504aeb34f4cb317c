// Reads a GEXF file with the parser of Gephi Lite and prints what it has then, as JSON.
const fs = require("node:fs");
const path = require("node:path");
const modules = path.join(process.argv[2], "node_modules");
const Graph = require(path.join(modules, "graphology"));
const gexf = require(path.join(modules, "graphology-gexf"));

const graph = gexf.parse(Graph, fs.readFileSync(process.argv[3], "utf8"));
const nodes = {};
graph.forEachNode((node, data) => { nodes[node] = data; });
const edges = {};
graph.forEachEdge((edge, data, source, target) => {
  edges[edge] = { source, target, directed: graph.isDirected(edge), data };
});
process.stdout.write(JSON.stringify({ nodes, edges, multi: graph.multi }));
